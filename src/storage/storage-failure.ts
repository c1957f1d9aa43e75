import { FailureError } from "#src/domain/failure.ts";

/** Whatever a database threw, as the two failures that storage knows: no room, or broken (closed, blocked, damaged). */
export function storageFailure(thrown: unknown): FailureError {
  if (thrown instanceof FailureError) return thrown;
  // By name, not by class: browsers are moving QuotaExceededError from DOMException to a class of its own.
  const isFull = thrown instanceof Error && thrown.name === "QuotaExceededError";
  return new FailureError({ kind: isFull ? "storage-full" : "storage-broken" });
}

/** Runs a step of storage; whatever it throws becomes a FailureError. */
export async function guarded<Result>(step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (thrown) {
    throw storageFailure(thrown);
  }
}
