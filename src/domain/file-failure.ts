import { type Failure, FailureError } from "./failure.ts";

/** What a browser calls it if a file or folder is not where it was, or is something else by now. */
const GONE = ["NotFoundError", "TypeMismatchError", "InvalidStateError"];

/** Why a file or folder could not be read, by what the browser threw. A failure that is known already stays what it is. */
export function fileFailure(thrown: unknown, what: "file" | "folder"): Failure {
  if (thrown instanceof FailureError) return thrown.failure;
  const isGone = thrown instanceof Error && GONE.includes(thrown.name);
  return { kind: "unreadable-file", what, reason: isGone ? "gone" : "barred" };
}
