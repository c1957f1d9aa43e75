import { newCaptionField } from "#src/domain/field.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { EncodedPicture } from "#src/domain/picture.ts";
import { openDiskStorage } from "#src/storage/disk-storage.ts";

export const DATABASE = "bench-run";
export const SHEET_ID = "sheet";
export const IN_FLIGHT = 6;
// 150,000 bytes are 200,000 characters of base64.
const COPY_BYTES = 150_000;
const SIDE = 1024;

/** A sheet whose pictures are prepared: the user's situation on pressing the run button. */
export async function seedSheet(images: number): Promise<void> {
  const storage = await openDiskStorage({ name: DATABASE, now: () => Date.now() });
  const now = Date.now();
  for (let at = 0; at < images; at += 1)
    await storage.putPicture({
      facts: {
        hash: hashAt(at),
        format: "jpeg",
        bytes: COPY_BYTES,
        width: SIDE,
        height: SIDE,
        orientation: 1,
        capturedAt: null,
        camera: null,
        hasLocation: false,
        removed: [],
        notes: [],
        background: null,
        perceptualHash: null,
      },
      thumbnail: encoded(10_000, 320),
      copy: encoded(COPY_BYTES, SIDE),
    });
  await storage.write({
    sheets: [
      {
        id: SHEET_ID,
        name: "Measured",
        keeping: "disk",
        fields: [newCaptionField({ modelId: "runware:152@2", prompt: "", sentSize: "auto" })],
        run: { mostInFlight: IN_FLIGHT, delivery: "sync", capMicroUsd: 100_000_000 },
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
    images: Array.from({ length: images }, (_, at): SheetImage => ({
      id: imageIdAt(at),
      sheetId: SHEET_ID,
      frame: at + 1,
      source: { kind: "file", fileName: `${at}.jpg`, folder: "" },
      preparation: { phase: "ready", pictureHash: hashAt(at) },
      addedAt: now,
      deletedAt: null,
    })),
  });
  storage.close();
}

export function imageIdAt(at: number): string {
  return `image ${at}`;
}

function hashAt(at: number): string {
  return `hash ${at}`;
}

// Nothing decodes it: a copy of the wanted size is sent unchanged.
function encoded(bytes: number, side: number): EncodedPicture {
  const content = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 65_536)
    crypto.getRandomValues(content.subarray(at, at + 65_536));
  return { bytes: content.buffer, mime: "image/jpeg", width: side, height: side };
}
