import type { Failure } from "./failure.ts";
import type { MicroUsd } from "./money.ts";

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
