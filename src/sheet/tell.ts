import { toFailure } from "#src/domain/failure.ts";
import { showToast } from "#src/ui/toasts.ts";

/** Says what went wrong with something that a press started. */
export function report(work: Promise<unknown>): void {
  work.catch((error: unknown) => tell(error, "failure"));
}

/** Says what went wrong. The words are loaded only then: a page on which nothing fails does without them. */
export function tell(error: unknown, kind: "failure" | "add"): void {
  const say = (text: string): void => showToast({ text, tone: "warn", kind });
  if (isLostPart(error)) return say(LOST_PART);
  import("#src/domain/failure-text.ts").then(
    ({ failureText }) => say(failureText(toFailure(error))),
    () => say(LOST_PART),
  );
}

const LOST_PART =
  "A part of the app did not load: try again. If it still doesn’t load, reload the page; what you typed is kept.";

const lostParts = new WeakSet<Error>();
// The bundler's word for an import that failed: the error itself only says so in its message.
globalThis.addEventListener?.("vite:preloadError", ({ payload }) => lostParts.add(payload));

function isLostPart(error: unknown): boolean {
  return error instanceof Error && lostParts.has(error);
}
