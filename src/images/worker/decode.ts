import { FailureError } from "#src/domain/failure.ts";
import type { PictureFormat } from "#src/domain/picture.ts";
import { type PictureHeader, unreadable } from "#src/images/headers/picture-header.ts";
import type { WorkerReport } from "#src/images/image-preparer.ts";
import { decodedPicture, type DecodedPicture } from "./decoded-picture.ts";
import { decodeJpeg } from "./decode-jpeg.ts";
import { expandGif } from "#src/images/expand-gif.ts";
import { expandRunLength } from "#src/images/expand-run-length.ts";
import { readExif } from "#src/images/headers/read-exif.ts";
import { readJpegHeader } from "#src/images/headers/read-jpeg-header.ts";
import { rawMaker } from "#src/images/headers/read-raw-header.ts";
import { eraseOrientation } from "#src/images/orientation.ts";
import { fitWithin, type PixelSize } from "#src/images/fit.ts";

const mimeTypes: Readonly<Partial<Record<PictureFormat, string>>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  avif: "image/avif",
  bmp: "image/bmp",
  ico: "image/x-icon",
};

interface Original {
  /** Taken away: whoever needs them after this must read them again. */
  bytes: Uint8Array<ArrayBuffer>;
  /** The same bytes once more, for a second try. */
  readAgain: () => Promise<Uint8Array<ArrayBuffer>>;
  format: PictureFormat;
  header: PictureHeader;
  /** This worker is the one that may load the library. */
  byLibrary: boolean;
  report: (message: WorkerReport) => void;
}

/** A smaller preview of a raw file is a thumbnail. */
const leastPreviewSide = 1_024;

/** Formats that no browser but Safari opens. */
const formatsOfLibrary: ReadonlySet<PictureFormat> = new Set([
  "tiff",
  "jxl",
  "psd",
  "jp2",
  "exr",
  "tga",
  "dds",
  "pcx",
  "qoi",
  "raw",
]);

/** Formats of which the library opens kinds that browsers don't. */
const formatsOfBoth: ReadonlySet<PictureFormat> = new Set(["jpeg", "bmp"]);

/**
 * Decodes the first frame, with at least `side` pixels on its longest side if it has as many. The bytes must need no
 * turning by EXIF. Null if that takes the library. Throws FailureError if nothing, or less than a third of the rows, can be read.
 */
export async function decode(original: Original, side: number): Promise<DecodedPicture | null> {
  const picture = original.byLibrary
    ? await decodeByLibrary(original, side)
    : await decodeFirst(original, side);
  // Some decoders make do with what there is, and do not say so.
  return picture !== null && original.header.cutShort ? { ...picture, truncated: true } : picture;
}

/** A preview that is as large as the copy shows what the camera made of the picture; otherwise it is developed. */
async function decodeByLibrary(original: Original, side: number): Promise<DecodedPicture> {
  const { bytes, header, format, report } = original;
  const { decodeByLibrary: read } = await loaded(import("./decode-by-library.ts"), report);
  if (format !== "raw") return wholeOnly(await read({ ...original, side }, report), format);
  try {
    const developed = await read({ ...original, side }, report);
    if (!developed.truncated) return developed;
    developed.close();
  } catch (thrown) {
    if (!(thrown instanceof FailureError) || thrown.failure.kind === "decoder-missing")
      throw thrown;
  }
  return (await decodePreview(original, leastPreviewSide, side)) ?? refuseRaw(bytes, header);
}

/** A part that comes later. If it does not come, the worker goes, since some browsers keep that for as long as it lives. */
async function loaded<Part>(
  part: Promise<Part>,
  report: (message: WorkerReport) => void,
): Promise<Part> {
  try {
    return await part;
  } catch {
    report({ kind: "worn-out" });
    throw new FailureError({ kind: "decoder-missing" });
  }
}

/** What a browser refuses and the library doubts is broken. */
function wholeOnly(picture: DecodedPicture, format: PictureFormat): DecodedPicture {
  if (formatsOfLibrary.has(format) || !picture.truncated) return picture;
  picture.close();
  throw unreadable("damaged");
}

/** The JPEG in a raw file, if it is large enough. */
async function decodePreview(
  { bytes, header }: Original,
  leastSide: number,
  side: number,
): Promise<DecodedPicture | null> {
  const { preview } = header;
  if (preview === null || Math.max(preview.width, preview.height) < leastSide) return null;
  const jpeg = bytes.slice(preview.start, preview.end);
  try {
    const own = readJpegHeader(jpeg);
    // It is turned as the raw file says.
    eraseOrientation({ bytes: jpeg, format: "jpeg", header: own, exif: readExif(own.exif) });
    return { ...(await decodeJpeg(jpeg, own, side)), preview: true };
  } catch {
    return null;
  }
}

function refuseRaw(bytes: Uint8Array, header: PictureHeader): never {
  if (header.cutShort) throw unreadable("truncated");
  const shown = Math.max(header.width, header.height);
  // Without a JPEG, small pixels of another kind are the only preview there is.
  const rest = shown < leastPreviewSide ? shown : 0;
  const { preview } = header;
  const side = preview === null ? rest : Math.max(preview.width, preview.height);
  const maker = rawMaker(bytes) ?? "camera";
  const what = side === 0 ? "without a preview" : `with only a ${side} px preview`;
  throw new FailureError({ kind: "unsupported-format", format: `a ${maker} RAW file ${what}` });
}

async function decodeFirst(original: Original, side: number): Promise<DecodedPicture | null> {
  const { bytes, format, header } = original;
  if (format === "raw") return decodePreview(original, side, side);
  if (header.oddCoding !== null) return null;
  if (formatsOfLibrary.has(format)) return null;
  if (format === "heic") return decodeHeic(original);
  const type = mimeTypes[format] ?? "";
  if (format === "bmp" && header.mayHaveAlpha) {
    const pixels = expandRunLength(bytes);
    if (pixels !== null)
      return decodedPicture(
        await createImageBitmap(new ImageData(pixels.data, pixels.width, pixels.height)),
      );
  }
  try {
    return format === "jpeg"
      ? await decodeJpeg(bytes, header, side)
      : await decodeBitmap(bytes, type);
  } catch {
    const part = await decodeFramePart(await original.readAgain(), type, header);
    if (part !== null) return part;
    if (format === "gif") return decodeBrokenGif(await original.readAgain(), header);
    if (formatsOfBoth.has(format) && !header.cutShort) return null;
    throw unreadable(await reasonOf(header, type));
  }
}

/** What a GIF holds that the browser gives up. */
async function decodeBrokenGif(bytes: Uint8Array, header: PictureHeader): Promise<DecodedPicture> {
  const pixels = expandGif(bytes, { width: header.width, height: header.height });
  if (pixels === null || pixels.shareOfFrame < leastRows)
    throw unreadable(header.cutShort ? "truncated" : "damaged");
  const image = new ImageData(pixels.data, pixels.width, pixels.height);
  return decodedPicture(await createImageBitmap(image), { truncated: !pixels.isWhole });
}

/** What the browser's own decoder makes of the bytes, in sRGB. */
async function decodeBitmap(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<DecodedPicture> {
  return decodedPicture(await createImageBitmap(new Blob([bytes], { type })));
}

// Safari decodes HEIC itself, with the system's decoder; others need half a megabyte of WebAssembly.
async function decodeHeic({ bytes, header, report }: Original): Promise<DecodedPicture | null> {
  try {
    return await decodeBitmap(bytes, "image/heic");
  } catch {
    const { decodeHeicByLibrary } = await loaded(import("./decode-heic.ts"), report);
    const picture = await decodeHeicByLibrary(bytes, header, report);
    // Sequences without a single picture, among others.
    if (picture === null && header.cutShort) throw unreadable("truncated");
    return picture;
  }
}

async function reasonOf(
  header: PictureHeader,
  type: string,
): Promise<"truncated" | "damaged" | "undecodable"> {
  if (header.cutShort) return "truncated";
  const isKnown = typeof ImageDecoder === "undefined" || (await ImageDecoder.isTypeSupported(type));
  return isKnown ? "damaged" : "undecodable";
}

/**
 * A decoder that has nothing to show never answers. It is given this long, and more for larger pictures; then until this
 * many small pictures have been decoded, which takes long if the machine is busy with something else.
 */
const leastWaitMs = 150;
const pixelsPerMs = 6_000;
const leastDecodes = 250;
const pixelsPerDecode = 20_000;
/** The smallest GIF: one transparent pixel. */
const SMALL_PICTURE = atob("R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==");
/** A picture is worth keeping if at least this share of its rows came out. */
const leastRows = 1 / 3;
/** The rows are counted on a small drawing of this many pixels per side. */
const countedSide = 256;

/**
 * What can be seen of a picture that is cut short or broken: the decoder is fed the bytes as if more would follow and
 * asked for what it has so far. Rows that it did not reach are transparent. Null if less than a third of the rows came out,
 * or if the browser has no such decoder.
 */
async function decodeFramePart(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  { width, height }: PixelSize,
): Promise<DecodedPicture | null> {
  if (typeof ImageDecoder === "undefined" || !(await ImageDecoder.isTypeSupported(type)))
    return null;
  const frame = await firstPart(bytes, type, width * height);
  if (frame === null) return null;
  if (shareOfRows(frame, type === "image/bmp") < leastRows) {
    frame.close();
    return null;
  }
  return decodedPicture(frame, { truncated: true });
}

async function firstPart(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  pixels: number,
): Promise<VideoFrame | null> {
  // Never closed: at its end the decoder would call the picture broken instead of showing what it has.
  const endless = new ReadableStream({ start: (controller) => controller.enqueue(bytes) });
  const decoder = new ImageDecoder({ data: endless, type });
  const end = (): void => decoder.close();
  const timer = setTimeout(
    () => {
      decodeSmallPictures(leastDecodes + pixels / pixelsPerDecode).then(end, end);
    },
    leastWaitMs + pixels / pixelsPerMs,
  );
  try {
    return (await decoder.decode({ frameIndex: 0, completeFramesOnly: false })).image;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    decoder.close();
  }
}

async function decodeSmallPictures(times: number): Promise<void> {
  const picture = new Blob([Uint8Array.from(SMALL_PICTURE, (sign) => sign.charCodeAt(0))]);
  for (let done = 0; done < times; done += 1) (await createImageBitmap(picture)).close();
}

/**
 * The share of rows of which anything can be seen: counted from the top or, if rows may be stored upwards, from the
 * first of them.
 */
function shareOfRows(frame: VideoFrame, mayRiseUpwards: boolean): number {
  const { width, height } = fitWithin(
    { width: frame.displayWidth, height: frame.displayHeight },
    countedSide,
  );
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (context === null) return 0;
  context.drawImage(frame, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const isSeen = (_: number, index: number): boolean => index % 4 === 3 && data[index] !== 0;
  const rowOf = (index: number): number => Math.floor(index / (width * 4));
  const last = data.findLastIndex(isSeen);
  if (last === -1) return 0;
  const first = mayRiseUpwards ? data.findIndex(isSeen) : 0;
  return (rowOf(last) - rowOf(first) + 1) / height;
}
