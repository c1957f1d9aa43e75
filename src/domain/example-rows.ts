import { DEFAULT_COPY_SIDE, DEFAULT_MODEL_ID, DEFAULT_RUN, DEFAULT_SENT_SIZE } from "./defaults.ts";
import { CAPTION_FIELD, newCaptionField } from "./field.ts";
import type { SheetImage } from "./image.ts";
import type { Mark } from "./mark.ts";
import type { PreparedPicture } from "./picture.ts";
import type { Sheet } from "./sheet.ts";
import type { Task } from "./task.ts";

// Rows for tests: each is complete, and a test overrides what it is about.

export function exampleSheet(change: Partial<Sheet> = {}): Sheet {
  return {
    id: "sheet",
    name: "Harbour",
    keeping: "disk",
    fields: [
      newCaptionField({ modelId: DEFAULT_MODEL_ID, prompt: "", sentSize: DEFAULT_SENT_SIZE }),
    ],
    run: DEFAULT_RUN,
    copySide: DEFAULT_COPY_SIDE,
    background: "auto",
    filePictures: "none",
    context: { sheet: "", folders: {} },
    caption: null,
    compare: null,
    ageCheck: null,
    createdAt: 1,
    editedAt: 1,
    deletedAt: null,
    ...change,
  };
}

export function exampleImage(change: Partial<SheetImage> = {}): SheetImage {
  return {
    id: "image",
    sheetId: "sheet",
    frame: 1,
    source: { kind: "file", fileName: "boat.jpg", folder: "" },
    preparation: { phase: "ready", pictureHash: "hash" },
    addedAt: 1,
    deletedAt: null,
    ...change,
  };
}

export function exampleTask(change: Partial<Task> = {}): Task {
  return {
    taskUuid: "task",
    sheetId: "sheet",
    imageId: "image",
    runId: "run",
    askedBy: "caption",
    fieldId: CAPTION_FIELD,
    recipe: { modelId: DEFAULT_MODEL_ID, prompt: "", sentSize: DEFAULT_SENT_SIZE },
    promptSent: "",
    language: null,
    repeat: 1,
    mount: null,
    purse: "runware",
    state: { phase: "waiting" },
    times: {
      createdAt: 1,
      preparingAt: null,
      firstSentAt: null,
      sentAt: null,
      endedAt: null,
      serviceMs: null,
    },
    sent: null,
    holdMicroUsd: 0,
    deletedAt: null,
    ...change,
  };
}

/** Answered at noon, local time, on the first of March 2026. */
export function answeredTask(costMicroUsd: number | null, change: Partial<Task> = {}): Task {
  const endedAt = new Date(2026, 2, 1, 12).getTime();
  return exampleTask({
    state: {
      phase: "done",
      answer: { kind: "caption", text: "A boat." },
      source: "service",
      costMicroUsd,
    },
    times: {
      createdAt: endedAt - 3000,
      preparingAt: endedAt - 2500,
      firstSentAt: endedAt - 2000,
      sentAt: endedAt - 2000,
      endedAt,
      serviceMs: null,
    },
    ...change,
  });
}

export function exampleMark(change: Partial<Mark> = {}): Mark {
  return {
    id: "mark",
    sheetId: "sheet",
    seq: 1,
    imageId: "image",
    value: { kind: "edit", fieldId: CAPTION_FIELD, text: "Two boats." },
    shown: ["task"],
    note: null,
    by: null,
    at: 2,
    secondsTaken: null,
    sample: null,
    replaces: null,
    deletedAt: null,
    ...change,
  };
}

export function examplePicture(hash = "hash", side = 1536): PreparedPicture {
  const encoded = (longest: number) => ({
    bytes: new Uint8Array([longest % 256, 2, 3]).buffer,
    mime: "image/jpeg" as const,
    width: longest,
    height: longest / 2,
  });
  return {
    facts: {
      hash,
      format: "jpeg",
      bytes: 4000,
      width: 4000,
      height: 2000,
      orientation: 1,
      capturedAt: null,
      camera: null,
      hasLocation: true,
      removed: ["location"],
      notes: [],
      background: null,
      perceptualHash: null,
    },
    thumbnail: encoded(320),
    copy: encoded(side),
    texts: [],
  };
}
