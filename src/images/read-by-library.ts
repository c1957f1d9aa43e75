import {
  Channels,
  ColorProfile,
  ColorSpace,
  ConfigurationFiles,
  initializeImageMagick,
  MagickError,
  MagickErrorSeverity,
  MagickFormat,
  MagickImage,
  MagickImageCollection,
  MagickReadSettings,
  PixelChannel,
  ResourceLimits,
  type IMagickImage,
} from "@imagemagick/magick-wasm";
import { FailureError } from "#src/domain/failure.ts";
import type { PictureFormat } from "#src/domain/picture.ts";
import type { PixelSize } from "./fit.ts";
import { textAt } from "./headers/bytes.ts";
import { type LibraryHints, type PictureHeader, unreadable } from "./headers/picture-header.ts";
import { srgbProfile } from "./headers/srgb-profile.ts";
import { shrinkPixels, type Samples } from "./shrink-pixels.ts";

/** What the library made of a file. */
interface LibraryReading {
  /** Straight RGBA, at the stored size or a whole fraction of it. */
  pixels: PixelSize & { data: Uint8ClampedArray<ArrayBuffer> };
  stored: PixelSize;
  /** The RGB profile that the pixels are still in; null if they are in sRGB. */
  profile: Uint8Array | null;
  /** It brought other colours than RGB into sRGB. */
  converted: boolean;
  /** Some of the pixels are missing or doubtful. */
  incomplete: boolean;
  /** The memory that the library holds from now on, in bytes: it never gives any back. */
  heldBytes: number;
}

interface LibraryOrder {
  bytes: Uint8Array;
  format: PictureFormat;
  header: PictureHeader;
  /** The longest side that is wanted at least, in pixels. */
  side: number;
}

/** The coders that may run; whatever else a file may name is denied. */
const policy = `<policymap>
<policy domain="coder" rights="none" pattern="*"/>
<policy domain="coder" rights="read" pattern="{TIFF,PSD,PSB,JXL,JP2,J2K,EXR,TGA,DDS,PCX,QOI,DNG,HEIC,JPEG,BMP}"/>
<policy domain="delegate" rights="none" pattern="*"/>
<policy domain="filter" rights="none" pattern="*"/>
<policy domain="path" rights="none" pattern="@*"/>
</policymap>`;

const mostSide = 32_767n;
const mostPixels = 268_000_000n;
/** Four bytes for each of the pixels that are allowed, and as much again in changing their colours, is what a tab can bear. */
const mostBytes = 2_200_000_000n;
/** A picture that breaks off is worth keeping if at least this share of its rows is there. */
const leastRows = 1 / 3;

/** Of a TIFF of floating-point numbers, more samples than this at their brightest are no picture. */
const mostBurntOut = 0.99;

/** Loads the library, for the whole thread and for good; its WebAssembly comes compiled or as bytes. */
export async function openLibrary(wasm: WebAssembly.Module | Uint8Array): Promise<void> {
  const configuration = ConfigurationFiles.default;
  configuration.policy.data = policy;
  await initializeImageMagick(wasm, configuration);
  ResourceLimits.width = mostSide;
  ResourceLimits.height = mostSide;
  ResourceLimits.area = mostPixels;
  ResourceLimits.memory = mostBytes;
  // There is no disk but memory.
  ResourceLimits.disk = 0n;
}

/**
 * The first page of a file, in the format that it was found to be, as pixels. Throws FailureError for what cannot be read
 * or of which less than a third is there; anything else that is thrown has broken the library.
 */
export function readByLibrary(order: LibraryOrder): LibraryReading {
  const { image, incomplete, rows } = open(order);
  try {
    if (order.header.hints.isFloat && isBurntOut(image))
      throw new FailureError({
        kind: "unsupported-format",
        format: "a TIFF of numbers beyond 0 to 1",
      });
    if (order.header.hints.isInverted) image.negate(Channels.Gray);
    const stored = { width: image.width, height: image.height };
    const { profile, converted } = bringIntoRgb(image);
    return image.getPixels((pixels) => {
      const data = pixels.getArea(0, 0, stored.width, stored.height);
      const place = (channel: PixelChannel): number => pixels.getChannelIndex(channel);
      const red = place(PixelChannel.Red);
      const isGrey = place(PixelChannel.Green) < 0;
      const samples: Samples = {
        ...stored,
        data,
        stride: image.channelCount,
        red,
        green: isGrey ? red : place(PixelChannel.Green),
        blue: isGrey ? red : place(PixelChannel.Blue),
        alpha: null,
        rows,
      };
      samples.alpha = alphaOf(samples, order.header, {
        named: image.hasAlpha ? place(PixelChannel.Alpha) : null,
        other: image.metaChannelCount > 0 ? place(PixelChannel.Meta0) : null,
      });
      const shrunk = shrinkPixels(samples, timesFor(stored, order.side));
      const isLinear = order.format === "exr";
      if (isLinear) fromLinear(shrunk.data);
      return {
        pixels: shrunk,
        stored,
        profile: profile ?? profileOf(order.header),
        converted: converted || isLinear,
        incomplete,
        heldBytes: data.buffer.byteLength,
      };
    });
  } finally {
    image.dispose();
  }
}

/** Almost everything is as bright as it can be: the library takes numbers from 0 to 1, and the file has others. */
function isBurntOut(image: IMagickImage): boolean {
  return image.getPixels((pixels) => {
    const data = pixels.getArea(0, 0, image.width, image.height);
    let brightest = 0;
    for (const value of data) if (value === 255) brightest += 1;
    return brightest > mostBurntOut * data.length;
  });
}

/** By how much a picture may be divided so that `side` pixels are left, and no side vanishes. */
function timesFor({ width, height }: PixelSize, side: number): number {
  const times = Math.floor(Math.max(width, height) / side);
  return Math.max(1, Math.min(times, width, height));
}

interface Opened {
  image: IMagickImage;
  incomplete: boolean;
  /** Rows that were read, from the top. */
  rows: number;
}

function open({ bytes: stored, format, header }: LibraryOrder): Opened {
  // Of all others the library makes something without saying where it ends.
  if (header.cutShort && format !== "tiff") throw unreadable("truncated");
  const isWrapped = header.oddCoding === "12-bit-grey";
  const whole = header.cutShort ? filledUp(stored, header) : stored;
  const bytes = isWrapped ? inTiff(whole, header) : withoutLoosePlanes(whole, header.hints);
  const settings = new MagickReadSettings({
    format: isWrapped ? MagickFormat.Tiff : coderOf(format, bytes),
    frameIndex: header.hints.page,
    frameCount: 1,
  });
  // Ours are read by our own code, and broken ones would keep the library from the pixels.
  settings.setDefine("tiff:exif-properties", "false");
  const image = MagickImage.create();
  let doubtful = false;
  image.onWarning = ({ error }) => {
    doubtful ||= !isHarmless(error.message);
  };
  try {
    image.read(bytes, settings);
    if (!header.cutShort) return { image, incomplete: doubtful, rows: image.height };
    const rows = rowsRead(image);
    if (rows >= leastRows * image.height) return { image, incomplete: true, rows };
    image.dispose();
    throw unreadable("truncated");
  } catch (thrown) {
    if (!(thrown instanceof MagickError)) throw thrown;
    image.dispose();
    const part = format === "tiff" ? openPart(bytes, settings) : null;
    if (part === null) throw failureOf(thrown, header, format);
    return part;
  }
}

/** A file that is cut off, with zeros for what is missing: the library reads none of a strip that ends too early. */
function filledUp(bytes: Uint8Array, { hints: { claimedBytes } }: PictureHeader): Uint8Array {
  if (claimedBytes <= bytes.length) return bytes;
  if (bytes.length < claimedBytes * leastRows) throw unreadable("truncated");
  const whole = new Uint8Array(claimedBytes);
  whole.set(bytes);
  return whole;
}

/** A TIFF that has only the planes of its colours; the others are at its end, and just not read. */
function withoutLoosePlanes(bytes: Uint8Array, { loosePlanes }: LibraryHints): Uint8Array {
  if (loosePlanes === null) return bytes;
  const changed = bytes.slice();
  const { offset, colours, littleEndian } = loosePlanes;
  new DataView(changed.buffer).setUint16(offset, colours, littleEndian);
  return changed;
}

/**
 * A grey JPEG of 12 bits as the only strip of a TIFF: there the library reads it, while its own coder would want a palette of
 * more colours than it can have.
 */
function inTiff(jpeg: Uint8Array, { width, height }: PictureHeader): Uint8Array {
  // Tags of TIFF 6.0: sides, bits, compression (7: JPEG), photometric (1: black is 0), strip and its rows, samples.
  const entries = [
    [256, width],
    [257, height],
    [258, 12],
    [259, 7],
    [262, 1],
    [273, 0],
    [277, 1],
    [278, height],
    [279, jpeg.length],
  ] as const;
  const start = 8 + 2 + entries.length * 12 + 4;
  const file = new Uint8Array(start + jpeg.length);
  file.set(jpeg, start);
  const view = new DataView(file.buffer);
  view.setUint32(0, 0x4949_2a00);
  view.setUint32(4, 8, true);
  view.setUint16(8, entries.length, true);
  for (const [index, [tag, value]] of entries.entries()) {
    const at = 10 + index * 12;
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, 4, true);
    view.setUint32(at + 4, 1, true);
    view.setUint32(at + 8, tag === 273 ? start : value, true);
  }
  return file;
}

/** The coders by format; one of them reads the raw files of all cameras. */
const coders: Readonly<Partial<Record<PictureFormat, MagickFormat>>> = {
  tiff: MagickFormat.Tiff,
  jxl: MagickFormat.Jxl,
  psd: MagickFormat.Psd,
  jp2: MagickFormat.Jp2,
  exr: MagickFormat.Exr,
  tga: MagickFormat.Tga,
  dds: MagickFormat.Dds,
  pcx: MagickFormat.Pcx,
  qoi: MagickFormat.Qoi,
  raw: MagickFormat.Dng,
  heic: MagickFormat.Heic,
  jpeg: MagickFormat.Jpeg,
  bmp: MagickFormat.Bmp,
};

function coderOf(format: PictureFormat, bytes: Uint8Array): MagickFormat {
  // Without its container, JPEG 2000 has a coder of its own.
  if (format === "jp2" && bytes[0] === 0xff) return MagickFormat.J2k;
  const coder = coders[format];
  if (coder === undefined) throw unreadable("undecodable");
  return coder;
}

/** What was read of a picture before the library stumbled; null if that is less than a third of its rows. */
function openPart(bytes: Uint8Array, settings: MagickReadSettings): Opened | null {
  const pages = MagickImageCollection.create();
  try {
    pages.read(bytes, settings);
  } catch (thrown) {
    if (!(thrown instanceof MagickError)) throw thrown;
  }
  // Out of the list, which would take its images with it.
  const image = pages.shift();
  pages.dispose();
  if (image === undefined) return null;
  const rows = rowsRead(image);
  if (rows >= leastRows * image.height) return { image, incomplete: true, rows };
  image.dispose();
  return null;
}

/** Rows until the last that has something of every colour in it: what is not read stays zero. */
function rowsRead(image: IMagickImage): number {
  return image.getPixels((pixels) => {
    const data = pixels.getArea(0, 0, image.width, image.height);
    const stride = image.channelCount;
    const lasts = image.channels.map((channel) => {
      let last = data.length - stride + pixels.getChannelIndex(channel);
      while (last >= 0 && data[last] === 0) last -= stride;
      return last;
    });
    return Math.floor(Math.min(...lasts) / (image.width * stride)) + 1;
  });
}

function failureOf(
  { severity }: MagickError,
  { cutShort, oddCoding }: PictureHeader,
  format: PictureFormat,
): FailureError {
  if (cutShort) return unreadable("truncated");
  if (oddCoding !== null) {
    const coding = oddCoding === "12-bit-grey" ? "12-bit" : oddCoding;
    return new FailureError({ kind: "unsupported-format", format: `a JPEG with ${coding} coding` });
  }
  // What OpenEXR’s reader can't do is known from the header.
  const isDamaged =
    (severity === MagickErrorSeverity.CorruptImageError && format !== "heic") || format === "exr";
  return unreadable(isDamaged ? "damaged" : "undecodable");
}

/**
 * Whether a warning of the library leaves the pixels as they are: it speaks of tags, profiles, or an odd but known way to
 * write them. It gives no codes, only sentences.
 */
function isHarmless(message: string): boolean {
  return /TIFFReadDir|TIFFFetch|TIFFReadCustomDirectory|TIFFAdvanceDirectory|_TIFFVSetField|TIFFUnlinkDirectory|LZWPreDecode|OJPEG|JPEGFixupTags|JPEGLib: Warning, unknown|extraneous bytes before marker|Adobe color transform|Exif|profile|iCCP|Old-style|Bogus/iu.test(
    message,
  );
}

/**
 * Leaves the image in RGB or grey. Colours of another model go into sRGB by the file's own profile, if it has a fitting
 * one. A profile of RGB is left to the browser, which applies it when the picture is small.
 */
function bringIntoRgb(image: IMagickImage): { profile: Uint8Array | null; converted: boolean } {
  const profile = image.getColorProfile()?.data ?? null;
  const space = profile === null ? "" : textAt(profile, 16, 4);
  const isRgb = image.colorSpace === ColorSpace.sRGB;
  if (profile !== null && space === "RGB " && isRgb)
    return { profile: profile.slice(), converted: false };
  const isPlainGrey = image.colorSpace === ColorSpace.Gray && space !== "GRAY";
  if (isRgb || isPlainGrey) return { profile: null, converted: false };
  if (profile === null || !convertByProfile(image)) image.colorSpace = ColorSpace.sRGB;
  return { profile: null, converted: true };
}

/** Whether the profile could be applied; one that does not fit its pixels can't. */
function convertByProfile(image: IMagickImage): boolean {
  try {
    return image.transformColorSpace(new ColorProfile(srgbProfile()));
  } catch (thrown) {
    if (thrown instanceof MagickError) return false;
    throw thrown;
  }
}

/** The library passes over the profiles of some formats. */
function profileOf({ profile, foreignColours }: PictureHeader): Uint8Array | null {
  if (profile?.kind !== "icc" || foreignColours) return null;
  return textAt(profile.bytes, 16, 4) === "RGB " ? profile.bytes : null;
}

/** The channel of the alpha, by what the file says of its samples. */
function alphaOf(
  { data, stride }: Samples,
  { mayHaveAlpha, hints }: PictureHeader,
  { named, other }: { named: number | null; other: number | null },
): number | null {
  if (named !== null) return mayHaveAlpha ? named : null;
  if (!hints.unnamedAlpha || other === null) return null;
  // If it leaves nothing to be seen, it is no alpha.
  for (let at = other; at < data.length; at += stride) if (data[at] !== 0) return other;
  return null;
}

/** OpenEXR holds light as it is, and colours that are multiplied with their alpha (Technical Introduction to OpenEXR). */
function fromLinear(rgba: Uint8ClampedArray): void {
  const levels = Uint8Array.from({ length: 256 }, (_, level) => {
    const light = level / 255;
    return Math.round(
      255 * (light <= 0.003_130_8 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055),
    );
  });
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] ?? 255;
    if (alpha === 0) continue;
    for (let channel = at; channel < at + 3; channel += 1)
      rgba[channel] = levels[Math.min(255, Math.round(((rgba[channel] ?? 0) * 255) / alpha))] ?? 0;
  }
}
