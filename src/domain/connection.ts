import type { Failure } from "./failure.ts";
import type { MicroUsd } from "./money.ts";

/** How tasks reach the service. A key is never part of it: it is only in the key store. */
export type Connection =
  /** The user's own key, directly to the service. */
  | { kind: "direct" }
  /**
   * A proxy's API; `upstream` says whether the sandbox or the real service answers behind it. `baseUrl` ends without a
   * slash.
   */
  | { kind: "proxy"; baseUrl: string; upstream: "sandbox" | "runware" };

/**
 * The purse a task is paid from: a connection's or, for a model that runs on this device and costs nothing, the
 * device's. Prices seen and money spent are never mixed across purses.
 */
export type Purse = "sandbox" | "runware" | "device";

/** The purse that a connection's tasks are paid from. */
export function purseOf(connection: Connection): Exclude<Purse, "device"> {
  return connection.kind === "proxy" ? connection.upstream : "runware";
}

/** Who answers the tasks that are paid from a purse, as part of a sentence. */
export function purseName(purse: Purse): string {
  switch (purse) {
    case "sandbox":
      return "the sandbox";
    case "runware":
      return "Runware";
    case "device":
      return "this device";
  }
}

/** What is left on the account; may be below zero. */
export interface Balance {
  microUsd: MicroUsd;
  /** Credit given away by the service, if it says so. */
  freeMicroUsd: MicroUsd | null;
}

/** The result of trying a connection. */
export type ConnectionCheck =
  | {
      kind: "works";
      /** In words for the user. */
      text: string;
      /** Null if the service does not say. */
      balance: Balance | null;
    }
  | { kind: "fails"; failure: Failure };
