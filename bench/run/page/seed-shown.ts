import { newCaptionField } from "#src/domain/field.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { EncodedPicture } from "#src/domain/picture.ts";
import type { Task } from "#src/domain/task.ts";
import { openDiskStorage } from "#src/storage/disk-storage.ts";
import { IN_FLIGHT } from "./seed-sheet.ts";

const SIDE = 320;

/** A sheet in the app's own database, with pictures that can be shown. */
export async function seedShown(sheet: {
  sheetId: string;
  images: number;
  isAnswered: boolean;
}): Promise<void> {
  const { sheetId } = sheet;
  const storage = await openDiskStorage({ now: () => Date.now() });
  const picture = await drawPicture();
  const now = Date.now();
  const numbers = Array.from({ length: sheet.images }, (_, at) => at);
  for (const at of numbers)
    await storage.putPicture({
      facts: {
        hash: hashOf(sheetId, at),
        format: "jpeg",
        bytes: 4_000_000,
        width: 4000,
        height: 3000,
        orientation: 1,
        capturedAt: null,
        camera: null,
        hasLocation: false,
        removed: [],
        notes: [],
        background: null,
        perceptualHash: null,
      },
      thumbnail: picture,
      copy: picture,
    });
  await storage.write({
    sheets: [
      {
        id: sheetId,
        name: sheetId,
        keeping: "disk",
        fields: [newCaptionField({ modelId: "runware:152@2", prompt: "", sentSize: "auto" })],
        run: { mostInFlight: IN_FLIGHT, delivery: "sync", capMicroUsd: null },
        copySide: 1536,
        background: "auto",
        filePictures: "none",
        compare: null,
        context: { sheet: "", folders: {} },
        caption: null,
        ageCheck: null,
        createdAt: now,
        editedAt: now,
        deletedAt: null,
      },
    ],
    images: numbers.map((at): SheetImage => ({
      id: `${sheetId} ${at}`,
      sheetId,
      frame: at + 1,
      source: { kind: "file", fileName: `${sheetId} ${at}.jpg`, folder: "" },
      preparation: { phase: "ready", pictureHash: hashOf(sheetId, at) },
      addedAt: now,
      deletedAt: null,
    })),
    tasks: sheet.isAnswered ? numbers.map((at) => answeredTask(sheetId, at)) : [],
  });
  storage.close();
}

function hashOf(sheetId: string, at: number): string {
  return `${sheetId} ${at}`;
}

function answeredTask(sheetId: string, at: number): Task {
  const now = Date.now();
  return {
    taskUuid: crypto.randomUUID(),
    sheetId,
    imageId: `${sheetId} ${at}`,
    runId: "run",
    askedBy: "caption",
    fieldId: "caption",
    mount: null,
    promptSent: "",
    language: null,
    recipe: { modelId: "runware:152@2", prompt: "", sentSize: "auto" },
    repeat: 1,
    purse: "sandbox",
    state: {
      phase: "done",
      answer: {
        kind: "caption",
        text: `Picture ${at}: boats lie in a harbour in the evening, and behind them stand houses with lights in their windows.`,
      },
      source: "sandbox",
      costMicroUsd: 1900,
    },
    times: {
      createdAt: now + at / 1000,
      preparingAt: now,
      firstSentAt: now,
      sentAt: now,
      endedAt: now,
      serviceMs: null,
    },
    sent: { width: SIDE, height: SIDE, bytes: 10_000 },
    holdMicroUsd: 2375,
    deletedAt: null,
  };
}

async function drawPicture(): Promise<EncodedPicture> {
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser cannot draw.");
  for (let at = 0; at < 40; at += 1) {
    context.fillStyle = `hsl(${at * 9} 60% 50%)`;
    context.fillRect((at * 53) % SIDE, (at * 91) % SIDE, 90, 70);
  }
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
  return { bytes: await blob.arrayBuffer(), mime: "image/jpeg", width: SIDE, height: SIDE };
}
