/** How far "erase everything" is, for the page that takes the place of the app. */
export type ErasePhase = "erasing" | "erased" | "failed";

const storage = () => import("#src/storage/erase-everything.ts");

const CHANNEL = "contact-sheet.erase";
// Every open tab holds it: whoever gets it alone knows that all have let go.
const LOCK = "contact-sheet.open";
const MOST_WAIT_MS = 5000;

/**
 * Erases what is kept on this device, once every tab has stopped its runs and closed its database.
 *
 * @param letGo stops runs and closes what is kept, in this tab
 * @param show called with every phase, in the tab that erases and in those that are told
 * @returns the order to erase
 */
export function createErasing(
  letGo: () => Promise<void>,
  show: (phase: ErasePhase) => void,
): () => Promise<void> {
  const channel = new BroadcastChannel(CHANNEL);
  let release: () => void = () => undefined;
  navigator.locks
    .request(LOCK, { mode: "shared" }, () => {
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    })
    // A page that is being closed gets no lock any more, and holds on to nothing.
    .catch(() => undefined);
  const leave = async (): Promise<void> => {
    show("erasing");
    // What cannot be stopped properly must not keep anything from being erased.
    await letGo().catch(() => undefined);
    (await storage()).eraseTab();
    release();
  };
  channel.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (event.data === "erase") leave().catch(() => show("failed"));
    if (event.data === "erased") show("erased");
  });
  return async () => {
    channel.postMessage("erase");
    try {
      await leave();
      await allAlone();
      await (await storage()).eraseEverything();
      channel.postMessage("erased");
      show("erased");
    } catch {
      show("failed");
    }
  };
}

/** Resolves once no other tab holds on or, for sleeping tabs, after a while. */
async function allAlone(): Promise<void> {
  const signal = AbortSignal.timeout(MOST_WAIT_MS);
  await navigator.locks
    .request(LOCK, { mode: "exclusive", signal }, () => undefined)
    .catch(() => undefined);
}
