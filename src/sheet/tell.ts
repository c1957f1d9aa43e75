import { toFailure } from "#src/domain/failure.ts";
import { failureText } from "#src/domain/failure-text.ts";
import { showToast } from "#src/ui/toasts.ts";

/** Puts text on the clipboard and says so. */
export function copyText(text: string, done: string): void {
  navigator.clipboard.writeText(text).then(
    () => showToast({ text: done, kind: "copy" }),
    () =>
      showToast({
        text: "The browser did not allow copying: select the text and copy it by hand.",
        tone: "warn",
        kind: "copy",
      }),
  );
}

/** Says what went wrong with something that was started by a press. */
export function report(work: Promise<unknown>): void {
  work.catch((error: unknown) =>
    showToast({ text: failureText(toFailure(error)), tone: "warn", kind: "failure" }),
  );
}
