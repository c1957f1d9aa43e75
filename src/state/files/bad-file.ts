import { FailureError, type Failure } from "#src/domain/failure.ts";

type Reason = Extract<Failure, { kind: "sheet-file" }>["reason"];

/** What to throw where a sheet's file cannot be opened. */
export function badFile(reason: Reason): FailureError {
  return new FailureError({ kind: "sheet-file", reason });
}

/** Reads from a file that a person chose; it may be moved or changed while it is read. */
export async function readingFile<Result>(step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (thrown) {
    if (thrown instanceof FailureError) throw thrown;
    const isGone =
      thrown instanceof DOMException &&
      ["NotFoundError", "NotReadableError", "SecurityError"].includes(thrown.name);
    throw badFile(isGone ? "unreadable" : "damaged");
  }
}
