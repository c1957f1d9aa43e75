// A hidden tab paints nothing, and must still carry on.
const MOST_WAIT_MS = 300;

let markPainted: () => void = () => undefined;

/** Resolves once the app has been painted for the first time: what the first paint doesn't need begins then. */
export const firstPaint = new Promise<void>((resolve) => {
  markPainted = resolve;
});

/** Called when the app is first mounted: its paint comes with the next frame. */
export function announceFirstPaint(): void {
  // A frame's callbacks run before it is painted; a task that they queue runs after it.
  requestAnimationFrame(() => setTimeout(markPainted));
  setTimeout(markPainted, MOST_WAIT_MS);
}
