import type { Hono } from "hono";
import type { Health } from "#src/contract/health.ts";
import type { TaskArray } from "./admit-tasks.ts";

/** One POST that has passed the guards. */
export interface TaskCall {
  /** The caller's body. */
  body: TaskArray;
  /** The caller's headers. */
  headers: Headers;
  /** The client its tasks count for; see `clientOf`. */
  client: string;
}

/** Who answers tasks behind this server's API: the stand-in or the service. */
export interface Upstream {
  kind: Health["upstream"];
  answer(call: TaskCall): Promise<Response>;
  /** Routes for a test harness to control it; only there if the operator asked for them. */
  control?: Hono;
}
