import type { Failure } from "./failure.ts";
import type { MicroUsd } from "./money.ts";

/** What is left on the account; may be below zero. */
export interface Balance {
  microUsd: MicroUsd;
  /** Credit given away by the service, where it says so. */
  freeMicroUsd: MicroUsd | null;
}

/** How a connection did when it was tried. */
export type ConnectionCheck =
  | {
      kind: "works";
      /** In words, for people. */
      text: string;
      /** Null where the service does not tell. */
      balance: Balance | null;
    }
  | { kind: "fails"; failure: Failure };
