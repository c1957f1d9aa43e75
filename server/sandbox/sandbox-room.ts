import { randomUUID } from "node:crypto";
import type { MicroUsd } from "#src/domain/money.ts";
import { type BillingLedger, createBillingLedger } from "./billing-ledger.ts";
import { type CaptionDesk, createCaptionDesk } from "./caption-desk.ts";
import { createFaultDice, type FaultDice } from "./fault-dice.ts";
import { createKeyGate, type KeyGate } from "./key-gate.ts";
import { createPictureDesk } from "./picture-desk.ts";
import type { Scenario } from "./scenario.ts";
import { createTaskBook, type TaskBook } from "./task-book.ts";
import { createUploadShelf, type UploadShelf } from "./upload-shelf.ts";

// If a test forgets what it holds up, that must not hold memory for good.
const LONGEST_HOLD_MS = 10 * 60 * 1_000;

export interface RoomOptions {
  /** Epoch milliseconds. */
  now?: () => number;
  /** Ends every wait at once, for a server that is being stopped. */
  stopping?: AbortSignal;
  /** Keeps what arrived, prompts included, for tests to read. */
  keepsReceived?: boolean;
}

/** Everything a sandbox remembers between requests; a reset opens a new one. */
export interface SandboxRoom {
  scenario: () => Scenario;
  dice: () => FaultDice;
  ledger: BillingLedger;
  book: TaskBook;
  shelf: UploadShelf;
  gate: KeyGate;
  captions: CaptionDesk;
  /** Resolves after the wait, or at once if the sandbox is being stopped. */
  pause: (waitMs: number) => Promise<void>;
  /** Resolves once the work on a caption task may begin: at once, or with the next scenario if this one holds it up. */
  mayWork: () => Promise<void>;
  /** What is left if the scenario names a balance; null means plenty. */
  balanceMicroUsd: () => MicroUsd | null;
  /** Behaves by this scenario from now on. */
  follow: (scenario: Scenario) => void;
}

/** An empty room. */
export function openRoom(options: RoomOptions, start: Scenario): SandboxRoom {
  const { now = Date.now, stopping } = options;
  let current = start;
  let dice = createFaultDice(start);
  const scenario = (): Scenario => current;
  const ledger = createBillingLedger({ keepsReceived: options.keepsReceived ?? false });
  const book = createTaskBook({ now, uuidInUseMs: () => current.uuidInUseMs });
  const shelf = createUploadShelf(randomUUID);
  const gate = createKeyGate(start);
  const pause = (waitMs: number): Promise<void> => wait(waitMs, stopping);
  let nextScenario = new AbortController();
  let begun = 0;
  const mayWork = async (): Promise<void> => {
    begun += 1;
    if (current.holdAfter === null || begun <= current.holdAfter) return;
    const ends = [nextScenario.signal, ...(stopping === undefined ? [] : [stopping])];
    await wait(LONGEST_HOLD_MS, AbortSignal.any(ends));
  };
  const balanceMicroUsd = (): MicroUsd | null =>
    current.balanceUsd === null
      ? null
      : Math.round(current.balanceUsd * 1_000_000) - ledger.billedMicroUsd;
  const pictures = createPictureDesk(shelf);
  const captions = createCaptionDesk({
    scenario,
    book,
    ledger,
    pictures,
    pause,
    mayWork,
    balanceMicroUsd,
  });
  return {
    scenario,
    dice: () => dice,
    ledger,
    book,
    shelf,
    gate,
    captions,
    pause,
    mayWork,
    balanceMicroUsd,
    follow(next) {
      current = next;
      begun = 0;
      nextScenario.abort();
      nextScenario = new AbortController();
      dice = createFaultDice(next);
      gate.follow(next);
      if (next.forgetUploads) shelf.forget();
    },
  };
}

async function wait(waitMs: number, stopping: AbortSignal | undefined): Promise<void> {
  if (waitMs <= 0 || stopping?.aborted) return;
  const { promise, resolve } = withResolvers();
  const timer = setTimeout(resolve, waitMs);
  stopping?.addEventListener("abort", resolve, { once: true });
  await promise;
  clearTimeout(timer);
  stopping?.removeEventListener("abort", resolve);
}

// Node 20 has no Promise.withResolvers.
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
