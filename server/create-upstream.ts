import type { FetchLike } from "#src/lib/fetch-like.ts";
import { createServiceProxy } from "./service-proxy.ts";
import { SpendingGuard } from "./spending-guard.ts";
import type { Settings } from "./settings.ts";
import type { Upstream } from "./upstream.ts";

const DEADLINE_MS = 120_000;

export interface UpstreamOptions {
  settings: Pick<Settings, "upstream" | "testControl"> & Partial<Pick<Settings, "spending">>;
  fetch: FetchLike;
  /** Fires when this server must end. */
  stopping: AbortSignal;
}

/** The service if the operator gave a key, otherwise the sandbox. */
export async function createUpstream({
  settings,
  fetch,
  stopping,
}: UpstreamOptions): Promise<Upstream> {
  const { upstream, testControl, spending: rules } = settings;
  if (upstream.kind === "runware") {
    const { key, serviceUrl } = upstream;
    const clock = {
      now: () => performance.now(),
      today: () => new Date().toISOString().slice(0, 10),
    };
    return createServiceProxy({
      key,
      serviceUrl,
      fetch,
      deadlineMs: DEADLINE_MS,
      stopping,
      ...(rules && { spending: new SpendingGuard(rules, clock) }),
    });
  }
  // Imported only now, so that a proxy does not load the picture library.
  const { createSandbox } = await import("./sandbox/create-sandbox.ts");
  const sandbox = createSandbox({ stopping, keepsReceived: testControl });
  const { createSandboxControl } = await import("./sandbox/sandbox-control.ts");
  return {
    kind: "sandbox",
    answer: async ({ body, headers }) => sandbox.answer({ tasks: body.whole(), headers }),
    ...(testControl && { control: createSandboxControl(sandbox) }),
  };
}
