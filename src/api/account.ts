import { DRY_RUN_HEADER } from "#src/contract/endpoint.ts";
import type { DataItem } from "#src/contract/replies.ts";
import type { Balance, Connection, ConnectionCheck } from "#src/domain/connection.ts";
import type { CallLimits } from "#src/domain/delivery.ts";
import { type Failure, FailureError, toFailure } from "#src/domain/failure.ts";
import { formatUsd } from "#src/domain/money.ts";
import { wordOn } from "./read-reply.ts";
import type { Transport } from "./transport.ts";

interface AccountParts {
  connection: Connection;
  post: Transport;
  newUuid: () => string;
}

/** The calls about the account rather than a picture. */
export interface Account {
  balance(limits: CallLimits): Promise<Balance | null>;
  test(limits: CallLimits): Promise<ConnectionCheck>;
}

// A white dot: what a dry run asks about, since it needs some picture.
const DOT =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAG7buVgAAAABJRU5ErkJggg==";
// The cheapest possible question, in case a dry run is ever run for real.
const DRY_RUN_MODEL = "runware:154@1";

/** What `ServiceClient` says about balance and test. */
export function createAccount({ connection, post, newUuid }: AccountParts): Account {
  const balance = async (limits: CallLimits): Promise<Balance | null> => {
    const taskUUID = newUuid();
    const exchange = await post(
      { taskType: "accountManagement", taskUUID, operation: "getDetails" },
      limits,
    );
    const word = wordOn(taskUUID, exchange);
    if (word.kind === "failure") throw new FailureError(word.failure);
    return word.kind === "item" ? readBalance(word.item) : null;
  };

  const dryRun = async (limits: CallLimits): Promise<void> => {
    const taskUUID = newUuid();
    const exchange = await post(
      { taskType: "caption", taskUUID, model: DRY_RUN_MODEL, inputs: { image: DOT } },
      limits,
      { [DRY_RUN_HEADER]: "1" },
    );
    const word = wordOn(taskUUID, exchange);
    if (word.kind === "failure") throw new FailureError(word.failure);
  };

  return {
    balance,
    test: async (limits) => {
      const first = await balance(limits).then(works(connection), fails);
      // Only when connected directly to the service: a proxy may not pass the header on, and then the dot
      // would be paid for.
      if (connection.kind !== "direct" || first.kind === "works" || !isUndecided(first.failure))
        return first;
      const second = await dryRun(limits).then(() => works(connection)(null), fails);
      return second.kind === "works" || second.failure.kind === "auth" ? second : first;
    },
  };
}

/** True if the account call was understood but says nothing about the key. */
function isUndecided(failure: Failure): boolean {
  return ["rejected", "not-found", "bad-response"].includes(failure.kind);
}

function works(connection: Connection): (balance: Balance | null) => ConnectionCheck {
  return (balance) => ({ kind: "works", text: worksText(connection, balance), balance });
}

function fails(thrown: unknown): ConnectionCheck {
  const failure = toFailure(thrown);
  if (failure.kind === "cancelled") throw new FailureError(failure);
  return { kind: "fails", failure };
}

function worksText(connection: Connection, balance: Balance | null): string {
  if (connection.kind === "proxy" && connection.upstream === "sandbox")
    return "The sandbox answers: its captions and ages are simulated, and cost nothing.";
  const who =
    connection.kind === "direct" ? "The service accepts your key" : "The proxy reaches the service";
  return balance === null
    ? `${who}; it doesn’t report a balance.`
    : `${who}; ${signedUsd(balance.microUsd)} left.`;
}

function signedUsd(microUsd: number): string {
  return microUsd < 0 ? `−${formatUsd(-microUsd)}` : formatUsd(microUsd);
}

function readBalance({ balance }: DataItem): Balance | null {
  if (!balance) return null;
  // Everything here is counted in US dollars; another currency would be misread as dollars.
  if (balance.currency && balance.currency.toUpperCase() !== "USD") return null;
  const microUsd = inMicroUsd(balance.amount);
  if (microUsd === null) return null;
  return { microUsd, freeMicroUsd: inMicroUsd(balance.freeBalance ?? null) };
}

// Unlike a cost, a balance may be below zero.
function inMicroUsd(usd: number | null): number | null {
  return usd !== null && Number.isFinite(usd) ? Math.round(usd * 1_000_000) : null;
}
