import type { Hono } from "hono";
import type { Health } from "#src/contract/health.ts";
import type { TaskArray } from "./admit-tasks.ts";

/** One POST that has passed the guards. */
export interface TaskCall {
  /** The caller's body. */
  body: TaskArray;
  /** The caller's headers. */
  headers: Headers;
  /** Whom its tasks count as; see `clientOf`. */
  client: string;
}

/** Who answers tasks behind this server's API: the stand-in or the service. */
export interface Upstream {
  kind: Health["upstream"];
  answer(call: TaskCall): Promise<Response>;
  /** Routes that steer it, for a test harness; there only where the operator asked for them. */
  control?: Hono;
}
