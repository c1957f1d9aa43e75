import { createHash } from "node:crypto";
import PQueue from "p-queue";
import { PUBLISHED_EXAMPLES, type PublishedExample } from "#src/contract/published-examples.ts";
import { pictureForm } from "#src/contract/requests.ts";
import { BoundedMap } from "./bounded-map.ts";
import { measurePicture, type PictureMeasures, UnreadablePicture } from "./measure-picture.ts";
import type { UploadShelf } from "./upload-shelf.ts";
import { badRequest, type Checked } from "./wire-error.ts";

/** A picture as a task refers to it. */
export type GivenPicture =
  | { kind: "bytes"; read: () => Uint8Array }
  | { kind: "published"; example: PublishedExample };

/** Turns what a task holds into a picture, and pictures into measures. */
export interface PictureDesk {
  /**
   * Looks the reference up. It fetches nothing, so an address it does not know is a failed transfer.
   */
  find(reference: string): Checked<GivenPicture>;
  measure(bytes: Uint8Array): Promise<Checked<PictureMeasures>>;
}

const PUBLISHED = new Map(
  PUBLISHED_EXAMPLES.map((example) => [example.request.inputs.image, example]),
);
// The same picture is often asked about several times in a row, once per model.
const MOST_MEASURED = 256;
// A decoded picture takes some ten megabytes, so requests queue for these places.
const DECODES_AT_ONCE = 2;

/** A desk that works with a shelf of uploads. */
export function createPictureDesk(shelf: UploadShelf): PictureDesk {
  const queue = new PQueue({ concurrency: DECODES_AT_ONCE });
  const measured = new BoundedMap<string, Checked<PictureMeasures>>(MOST_MEASURED);

  async function measure(bytes: Uint8Array): Promise<Checked<PictureMeasures>> {
    const key = createHash("sha256").update(bytes).digest("base64");
    const known = measured.get(key);
    if (known) return known;
    const result = await queue.add(() => tryMeasure(bytes));
    measured.set(key, result);
    return result;
  }

  return { find: (reference) => findPicture(reference, shelf), measure };
}

function findPicture(reference: string, shelf: UploadShelf): Checked<GivenPicture> {
  const form = pictureForm(reference);
  if (form === "data-uri" || form === "base64") {
    return { ok: true, value: { kind: "bytes", read: () => decodePicture(reference) } };
  }
  const example = PUBLISHED.get(reference);
  if (example) return { ok: true, value: { kind: "published", example } };
  const bytes = shelf.find(reference);
  if (bytes) return { ok: true, value: { kind: "bytes", read: () => bytes } };
  const message = "The sandbox fetches no pictures: it knows uploads and the published examples.";
  return badRequest("failedToTransferImage", message, { parameter: "inputs.image" });
}

/** The bytes of a picture to upload, which the task itself must carry. */
export function findUploadable(reference: string): Checked<Uint8Array> {
  const form = pictureForm(reference);
  if (form === "data-uri" || form === "base64") {
    return { ok: true, value: decodePicture(reference) };
  }
  const message = "The sandbox fetches no pictures: send a data URI or base64.";
  return badRequest("failedToTransferImage", message, { parameter: "image" });
}

/** Not checked here: a file that is no picture fails when it is decoded. */
function decodePicture(reference: string): Uint8Array {
  const comma = reference.startsWith("data:") ? reference.indexOf(",") : -1;
  return Buffer.from(reference.slice(comma + 1), "base64");
}

async function tryMeasure(bytes: Uint8Array): Promise<Checked<PictureMeasures>> {
  try {
    return { ok: true, value: await measurePicture(bytes) };
  } catch (error) {
    if (!(error instanceof UnreadablePicture)) throw error;
    const details = { parameter: "inputs.image" };
    return error.why === "format"
      ? badRequest("unsupportedImageFormat", "The picture is no PNG, JPEG or WebP.", details)
      : badRequest("invalidInputImage", "The picture is damaged or incomplete.", details);
  }
}
