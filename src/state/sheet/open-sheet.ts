import { FailureError } from "#src/domain/failure.ts";
import { hasEnded } from "#src/domain/task.ts";
import { loadOnce } from "#src/lib/load-once.ts";
import type { RunEngine } from "#src/runs/engine.ts";
import type { RunEvent } from "#src/runs/run-events.ts";
import type { SheetRecords, Storage } from "#src/storage/storage.ts";
import type { StoreApi } from "zustand/vanilla";
import type {
  SheetChanges,
  SheetChannel,
  SheetSettings,
  Undoable,
} from "#src/state/history/changes.ts";
import type { SheetActions } from "./actions.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { Intake } from "#src/state/pictures/intake.ts";
import type { Originals } from "#src/state/pictures/originals.ts";
import { createSheetStore, NO_INTAKE, type SheetState, type SheetStore } from "./sheet-store.ts";
import { type Keeping, newSheetId, NO_CONTEXT, type Sheet } from "#src/domain/sheet.ts";
import type { ImagePreparer } from "#src/images/image-preparer.ts";
import type { PurgeChannel, UndoStack } from "#src/state/history/undo-stack.ts";
import { PROMPT_PRESETS } from "#src/catalog/presets.ts";
import {
  DEFAULT_COPY_SIDE,
  DEFAULT_MODEL_ID,
  DEFAULT_RUN,
  DEFAULT_SENT_SIZE,
} from "#src/domain/defaults.ts";
import { dayName } from "#src/domain/sheet-name.ts";
import { type Fields, newCaptionField } from "#src/domain/field.ts";

/** What the sheets need from the world. Made once, in app/create-services.ts. */
export interface SheetServices {
  storages: Readonly<Record<Keeping, Storage>>;
  /** Loads the engine on first use. */
  engine: () => Promise<RunEngine>;
  /** Loads the worker pool on first use. */
  preparer: () => Promise<ImagePreparer>;
  /** Tells other tabs of this browser about rows that were written. */
  openChannel: (sheetId: string) => SheetChannel;
  /** Between all tabs of this browser. */
  purges: PurgeChannel;
  undo: UndoStack;
  /** What Caption asked for last on this device: a new sheet begins with it. */
  lastFields: {
    /** Null if nothing was asked yet, or it can't be read. */
    read: () => Promise<Fields | null>;
    keep: (fields: Fields) => void;
  };
  /** Epoch milliseconds. */
  now: () => number;
  /** A new UUID v4. */
  newId: () => string;
}

/** A sheet that was opened in this tab: what it holds, and everything that can be done to it. */
export interface OpenSheet extends SheetActions {
  store: StoreApi<SheetState>;
  intake: Intake;
  /** Images that wait to be prepared and whose frames are on screen: they come first. */
  onScreen: Set<ImageId>;
  /** Keeps settings. Shown at once; undoable only if it says so, since mostly nothing is lost by it. */
  saveSettings: (settings: SheetSettings, undoable?: Undoable) => Promise<void>;
  /** Settings that are being typed: shown at once, kept when typing rests. */
  typeSettings: (settings: SheetSettings) => Promise<void>;
  /** Keeps now what was typed. */
  keepTyped: () => Promise<void>;
  /** For letting go of the rows, and reading them again (state/let-go.ts). */
  rows: Pick<SheetStore, "letGo" | "beginReading"> & {
    /** Says that the rest is being read. */
    follow: (reading: Promise<unknown>) => void;
  };
  apply: SheetChanges["apply"];
  close: () => void;
}

/**
 * An empty sheet as this device makes it: its cap, its limits and its delivery are the defaults, and nothing is
 * consented to.
 */
export function newSheet(
  services: { now: () => number; newId: () => string },
  options: { name?: string; keeping?: Keeping; fields?: Fields | null } = {},
): Sheet {
  const at = services.now();
  const { keeping = "disk" } = options;
  return {
    id: newSheetId(keeping, services.newId),
    name: options.name ?? dayName(at),
    keeping,
    fields: options.fields ?? [
      newCaptionField({
        modelId: DEFAULT_MODEL_ID,
        prompt: PROMPT_PRESETS[0].prompt,
        sentSize: DEFAULT_SENT_SIZE,
      }),
    ],
    run: DEFAULT_RUN,
    copySide: DEFAULT_COPY_SIDE,
    background: "auto",
    filePictures: "none",
    context: NO_CONTEXT,
    caption: null,
    compare: null,
    ageCheck: null,
    createdAt: at,
    editedAt: at,
    deletedAt: null,
  };
}

/**
 * Opens a sheet from its records: subscribes to the engine and to other tabs. With `rest`, the records are those of
 * the first images, and everything else follows when it has been read.
 */
export function createOpenSheet(
  services: SheetServices,
  records: SheetRecords,
  rest: Promise<SheetRecords | null> | null,
): OpenSheet {
  const { sheet } = records;
  const storage = services.storages[sheet.keeping];
  const sheetStore = createSheetStore(records, rest === null);
  // Resolves once all of it is shown.
  let whole: Promise<unknown> = rest === null ? Promise.resolve() : bringIn(sheetStore, rest);
  const channel = sheet.keeping === "disk" ? services.openChannel(sheet.id) : null;
  const { undo, lastFields, now, newId } = services;
  // Of what another tab says, nothing takes back what is being typed here.
  let typed: SheetSettings = {};
  channel?.onRows((rows) =>
    sheetStore.show(
      rows.sheet === undefined ? rows : { ...rows, sheet: { ...rows.sheet, ...typed } },
    ),
  );
  const changes = loadOnce(async () => {
    const { createSheetChanges } = await import("#src/state/history/changes.ts");
    return createSheetChanges({
      storage,
      sheetStore,
      channel,
      undo,
      now,
      onSettings: async ({ run, copySide }) => {
        if (run !== undefined) (await services.engine()).configure(sheet.id, run);
        if (copySide !== undefined) await enlarge(copySide);
      },
    });
  });
  const keepTyped = async (): Promise<void> => (await changes.made())?.keepTyped();
  const showSettings = (settings: SheetSettings): void => {
    sheetStore.show({ sheet: { ...sheetStore.store.getState().sheet, ...settings } });
    sheetStore.flush();
  };
  const onScreen = new Set<ImageId>();
  const parts = { storage, sheetStore, undo, lastFields, now, newId, onScreen };
  const engineLink = linkEngine(services, sheet.id, (event) => {
    if (event.type !== "sheet-linked") showEvent(sheetStore.show, event);
    // What can't be read stays as it was shown.
    else whole.then(() => catchUp(parts, event.alone)).catch(() => undefined);
  });
  // The engine is only worth loading once there is something to run on, or to follow.
  if (records.images.length > 0) engineLink.followIdly();
  const stopWaiting = sheetStore.store.subscribe((state) => {
    if (state.order.length > 0) engineLink.followIdly();
  });
  const { preparer } = services;
  const { intake, enlarge, fileOf } = lateIntake(sheetStore, async () => {
    const [{ createIntake }, { createOriginals }, made] = await Promise.all([
      import("#src/state/pictures/intake.ts"),
      import("#src/state/pictures/originals.ts"),
      changes(),
    ]);
    const originals = createOriginals({ storage, preparer });
    return {
      originals,
      intake: createIntake({
        ...parts,
        changes: made,
        originals,
        preparer,
        whole: () => whole,
      }),
    };
  });
  return {
    store: sheetStore.store,
    intake,
    onScreen,
    ...lateActions(async () => {
      const [{ createActions }, made] = await Promise.all([import("./actions.ts"), changes()]);
      const engine = engineLink.connect;
      return createActions({ ...parts, changes: made, intake, engine, preparer, fileOf });
    }),
    typeSettings: async (settings) => {
      showSettings(settings);
      typed = { ...typed, ...settings };
      await (await changes()).keepWhenTypingRests();
      typed = {};
    },
    keepTyped,
    rows: {
      ...sheetStore,
      follow: (reading) => {
        whole = reading;
        reading.catch(() => undefined);
      },
    },
    apply: async (...diff) => (await changes()).apply(...diff),
    saveSettings: async (after, undoable) => {
      const before = sheetStore.store.getState().sheet;
      showSettings(after);
      await (await changes()).apply({ settings: { before, after } }, undoable);
    },
    close: () => {
      // What can't be kept now has been said to whoever typed it.
      keepTyped().catch(() => undefined);
      stopWaiting();
      engineLink.close();
      channel?.close();
      sheetStore.close();
    },
  };
}

/** Intake is loaded with the first file or address: before that there is nothing to drop, to forget or to enlarge. */
function lateIntake(
  sheetStore: SheetStore,
  make: () => Promise<{ intake: Intake; originals: Originals }>,
): {
  intake: Intake;
  enlarge: Originals["enlarge"];
  fileOf: (hash: string) => Promise<File | null>;
} {
  const load = loadOnce(make);
  return {
    intake: {
      addFiles: async (files) => (await load()).intake.addFiles(files),
      addReferences: async (references) => (await load()).intake.addReferences(references),
      makeUnseen: async (pictures) => (await load()).intake.makeUnseen(pictures),
      cancel: () => {
        load.made()?.then(
          ({ intake }) => intake.cancel(),
          () => undefined,
        );
      },
      forget: async (ids) => (await load.made())?.intake.forget(ids),
      dismissReport: () => sheetStore.show({ intake: () => NO_INTAKE }),
    },
    enlarge: async (copySide) => (await load.made())?.originals.enlarge(copySide),
    fileOf: async (hash) => (await load.made())?.originals.fileOf(hash) ?? null,
  };
}

/** What is done to images, marks and runs is loaded with the first of it. */
function lateActions(make: () => Promise<SheetActions>): SheetActions {
  const load = loadOnce(make);
  return {
    takeForeignRows: async (...foreign) => (await load()).takeForeignRows(...foreign),
    images: {
      remove: async (...ids) => (await load()).images.remove(...ids),
      split: async (...ids) => (await load()).images.split(...ids),
    },
    marks: {
      add: async (...marks) => (await load()).marks.add(...marks),
      addForGood: async (...marks) => (await load()).marks.addForGood(...marks),
      remove: async (...marks) => (await load()).marks.remove(...marks),
    },
    runs: {
      start: async (...plan) => (await load()).runs.start(...plan),
      order: async (...asked) => (await load()).runs.order(...asked),
      checkAgain: async (...tasks) => (await load()).runs.checkAgain(...tasks),
      pause: async () => (await load()).runs.pause(),
      resume: async () => (await load()).runs.resume(),
      cancel: async (...tasks) => (await load()).runs.cancel(...tasks),
    },
  };
}

interface EngineLink {
  /**
   * The engine, once this sheet hears its events: whatever it is told to do then is seen here. Rejects if it can't be
   * loaded; the next call tries again.
   */
  connect: () => Promise<RunEngine>;
  /** Connects if nothing has so far, behind the page: after a failure, a later change of the sheet tries again. */
  followIdly: () => void;
  close: () => void;
}

const RETRY_AFTER_MS = 5_000;

function linkEngine(
  services: SheetServices,
  sheetId: string,
  onEvent: (event: RunEvent) => void,
): EngineLink {
  let isClosed = false;
  let letGo: (() => void)[] = [];
  let triedAt: number | null = null;
  const connect = loadOnce(async () => {
    triedAt = services.now();
    const engine = await services.engine();
    if (isClosed) throw new FailureError({ kind: "cancelled" });
    letGo = [
      engine.subscribe((event) => {
        const about = event.type === "run-changed" ? event.status.sheetId : event.sheetId;
        if (about === sheetId) onEvent(event);
      }),
      engine.open(sheetId),
    ];
    return engine;
  });
  return {
    connect,
    followIdly: () => {
      if (connect.made() !== null) return;
      if (triedAt !== null && services.now() - triedAt < RETRY_AFTER_MS) return;
      // Whatever the user starts reports it, and tries again first.
      connect().catch(() => undefined);
    },
    close: () => {
      isClosed = true;
      for (const step of letGo) step();
    },
  };
}

/**
 * Adds a sheet's records once they have been read; true if they are all of it, and not only the first images. Rejects
 * if they can't be read, and then leaves what is shown.
 */
export async function bringIn(
  { beginReading }: Pick<SheetStore, "beginReading">,
  reading: Promise<SheetRecords | null>,
  firstImages = Infinity,
): Promise<boolean> {
  const complete = beginReading();
  const records = await reading.catch((error: unknown) => {
    complete(null);
    throw error;
  });
  const isAll = (records?.images.length ?? 0) < firstImages;
  complete(records, isAll);
  return isAll;
}

/** Adds what other tabs wrote while nobody here listened, or as they died. */
async function catchUp(
  { storage, sheetStore }: { storage: Storage; sheetStore: SheetStore },
  alone: boolean,
): Promise<void> {
  const { sheet, tasks } = sheetStore.store.getState();
  if (alone && [...tasks.values()].flat().every(hasEnded)) return;
  await bringIn(sheetStore, storage.readSheet(sheet.id));
}

function showEvent(
  show: SheetStore["show"],
  event: Exclude<RunEvent, { type: "sheet-linked" }>,
): void {
  switch (event.type) {
    case "tasks-added":
      show({ tasks: event.tasks });
      break;
    case "task-changed":
      show({ tasks: [event.task] });
      break;
    case "run-changed":
      show({ run: event.status });
      break;
    case "run-cancelled":
      break;
  }
}
