import { type Context, Hono } from "hono";
import * as v from "valibot";
import type { Sandbox } from "./create-sandbox.ts";
import { scenarioSchema } from "./scenario.ts";

/**
 * What a test harness controls a sandbox with. It is mounted at /api/sandbox, and only if the operator turned test
 * control on: `POST /scenario` (a whole scenario; what it leaves out is calm), `POST /reset`, `GET /ledger`.
 */
export function createSandboxControl(sandbox: Sandbox): Hono {
  const control = new Hono();
  control.post("/scenario", async (context) => {
    const read = v.safeParse(scenarioSchema, await readJson(context));
    if (!read.success) return context.json(v.flatten(read.issues), 400);
    sandbox.setScenario(read.output);
    return context.json(read.output);
  });
  control.post("/reset", (context) => {
    sandbox.reset();
    return context.body(null, 204);
  });
  control.get("/ledger", (context) => context.json(sandbox.report()));
  return control;
}

async function readJson(context: Context): Promise<unknown> {
  return context.req.json<unknown>().catch(() => null);
}
