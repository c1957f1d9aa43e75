/** How far "wipe everything" is, for the page that takes the place of the app. */
export type WipePhase = "wiping" | "wiped" | "failed";

const CHANNEL = "contact-sheet.wipe";
// Held by every open tab: whoever gets it alone knows that all have let go.
const LOCK = "contact-sheet.open";
const MOST_WAIT_MS = 5000;

/**
 * Wipes what is kept on this device, once every tab has stopped its runs and closed its database.
 *
 * @param letGo stops runs and closes what is kept, in this tab
 * @param show called with every phase, in the tab that wipes and in those that are told
 * @returns the order to wipe
 */
export function createWiping(
  letGo: () => Promise<void>,
  show: (phase: WipePhase) => void,
): () => Promise<void> {
  const channel = new BroadcastChannel(CHANNEL);
  let release: () => void = () => undefined;
  navigator.locks
    .request(LOCK, { mode: "shared" }, () => {
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    })
    // A page that is being closed gets no lock any more, and holds nothing on.
    .catch(() => undefined);
  const leave = async (): Promise<void> => {
    show("wiping");
    // What cannot be stopped properly must not keep anything from being wiped.
    await letGo().catch(() => undefined);
    release();
  };
  channel.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (event.data === "wipe") leave().catch(() => show("failed"));
    if (event.data === "wiped") show("wiped");
  });
  return async () => {
    channel.postMessage("wipe");
    await leave();
    try {
      const { wipeEverything } = await import("#src/storage/erase-everything.ts");
      await allAlone();
      await wipeEverything();
      channel.postMessage("wiped");
      show("wiped");
    } catch {
      show("failed");
    }
  };
}

/** Resolves once no other tab holds on or, for tabs that sleep, after a while. */
async function allAlone(): Promise<void> {
  const signal = AbortSignal.timeout(MOST_WAIT_MS);
  await navigator.locks
    .request(LOCK, { mode: "exclusive", signal }, () => undefined)
    .catch(() => undefined);
}
