import { FailureError, type Failure } from "#src/domain/failure.ts";

// By name, not by class: browsers are moving QuotaExceededError from DOMException to its own class.
const FAILURES: ReadonlyMap<string, Failure> = new Map<string, Failure>([
  ["QuotaExceededError", { kind: "storage-full" }],
  // On opening: the database has a later version than this app knows.
  ["VersionError", { kind: "storage-newer" }],
  // On beginning a transaction: the connection is closed.
  ["InvalidStateError", { kind: "storage-closed" }],
]);

/** Whatever a database threw, as one of the failures that storage knows: no room, newer, closed, or broken. */
export function storageFailure(thrown: unknown): FailureError {
  if (thrown instanceof FailureError) return thrown;
  const known = thrown instanceof Error ? FAILURES.get(thrown.name) : undefined;
  return new FailureError(known ?? { kind: "storage-broken" });
}

/** Runs a step of storage; whatever it throws becomes a FailureError. */
export async function guarded<Result>(step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (thrown) {
    throw storageFailure(thrown);
  }
}
