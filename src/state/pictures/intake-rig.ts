import "fake-indexeddb/auto";
import { examplePicture, exampleSheet } from "#src/domain/example-rows.ts";
import type { ImageId } from "#src/domain/image.ts";
import { FailureError } from "#src/domain/failure.ts";
import type { PreparedPicture } from "#src/domain/picture.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import type { Storage } from "#src/storage/storage.ts";
import { createActions } from "#src/state/sheet/actions.ts";
import { createIntake } from "./intake.ts";
import { createOriginals } from "./originals.ts";
import { createSheetStore } from "#src/state/sheet/sheet-store.ts";
import { createSheetChanges } from "#src/state/history/changes.ts";
import { createUndoStack } from "#src/state/history/undo-stack.ts";

/** Something that a test lets come to pass. */
interface Gate<Value> {
  promise: Promise<Value>;
  resolve: (value: Value) => void;
  reject: (error: FailureError) => void;
}

export function createGate<Value>(): Gate<Value> {
  let ends: Omit<Gate<Value>, "promise"> | null = null;
  const promise = new Promise<Value>((resolve, reject) => {
    ends = { resolve, reject };
  });
  return {
    promise,
    resolve: (value) => ends?.resolve(value),
    reject: (error) => ends?.reject(error),
  };
}

/** A sheet whose files are prepared when the test says so, by their names. */
export function rig(change: Partial<Storage> = {}) {
  const memory = createMemoryStorage();
  const storage: Storage = { ...memory, ...change };
  const sheet = exampleSheet({ keeping: "memory" });
  const spentMicroUsd = { sandbox: 0, runware: 0, device: 0 };
  const empty = { images: [], tasks: [], marks: [], pictures: [], skipped: [], run: null };
  const sheetStore = createSheetStore({ sheet, spentMicroUsd, ...empty }, true);
  const undo = createUndoStack(() => 7);
  undo.show("sheet");
  const now = () => 9;
  const newId = () => crypto.randomUUID();
  const changes = createSheetChanges({ storage, sheetStore, channel: null, undo, now });
  const gates = new Map<string, Gate<PreparedPicture>>();
  const gateOf = (name: string): Gate<PreparedPicture> => {
    const gate = gates.get(name) ?? createGate<PreparedPicture>();
    gates.set(name, gate);
    return gate;
  };
  const begun: string[] = [];
  const prepare = (
    original: Blob,
    { signal }: { signal: AbortSignal },
  ): Promise<PreparedPicture> => {
    if (signal.aborted) return Promise.reject(new FailureError({ kind: "cancelled" }));
    begun.push(original instanceof File ? original.name : "");
    const gate = gateOf(original instanceof File ? original.name : "");
    signal.addEventListener("abort", () => gate.reject(new FailureError({ kind: "cancelled" })));
    return gate.promise;
  };
  const ready = (): Promise<never> => Promise.reject(new Error("nothing is sent here"));
  const hashThumbnail = ready;
  const preparer = async () => ({ prepare, ready, hashThumbnail, end: () => undefined });
  const onScreen = new Set<ImageId>();
  const originals = createOriginals({ storage, preparer });
  const intake = createIntake({
    storage,
    originals,
    sheetStore,
    changes,
    undo,
    preparer,
    now: () => 5,
    newId,
    onScreen,
    whole: () => Promise.resolve(),
  });
  const state = () => {
    sheetStore.flush();
    return sheetStore.store.getState();
  };
  return {
    storage,
    sheetStore,
    intake,
    /** Images whose frames the test holds to be on screen. */
    onScreen,
    undo,
    /** The files that were given to be prepared, in that order. */
    begun,
    ...createActions({
      storage,
      preparer,
      fileOf: async (hash) => originals.fileOf(hash),
      sheetStore,
      changes,
      intake,
      undo,
      lastFields: { keep: () => undefined },
      now,
      newId,
      engine: () => Promise.reject(new Error("nothing runs here")),
    }),
    state,
    finish: (name: string, picture = examplePicture(name)) => gateOf(name).resolve(picture),
    refuse: (name: string) =>
      gateOf(name).reject(new FailureError({ kind: "unreadable-image", reason: "damaged" })),
    again: (name: string) => gates.delete(name),
    kept: async () => (await storage.readSheet(sheet.id))?.images ?? [],
    keptMarks: async () => (await storage.readSheet(sheet.id))?.marks ?? [],
    shows: (images: number) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (sheetStore.store.getState().order.length === images) resolve();
        };
        sheetStore.store.subscribe(look);
        look();
      }),
    keepSheet: () => storage.write({ sheets: [sheet] }),
  };
}
