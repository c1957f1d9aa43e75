import { createHash } from "node:crypto";
import sharp from "sharp";
import { colourName } from "./colour-names.ts";

/** Where something is on the picture; thirds in both directions. */
export type Place =
  | "top left"
  | "top"
  | "top right"
  | "left"
  | "centre"
  | "right"
  | "bottom left"
  | "bottom"
  | "bottom right";

/** What can be said about a picture without knowing what it shows. */
export interface PictureMeasures {
  format: "jpeg" | "png" | "webp";
  /** Pixels of the upright picture. */
  width: number;
  height: number;
  orientation: "landscape" | "portrait" | "square" | "panoramic";
  hasAlpha: boolean;
  /** Names with their share of the picture (0–1), largest first, at most five. */
  colours: readonly { name: string; share: number }[];
  light: "very dark" | "dark" | "moderate" | "bright" | "very bright";
  contrast: "low" | "medium" | "high";
  temperature: "warm" | "cool" | "neutral";
  saturation: "muted" | "moderate" | "vivid";
  brightest: Place;
  darkest: Place;
  detail: { amount: "little" | "some" | "much"; where: Place };
  /** True if left and right are nearly mirror images in tone. */
  symmetric: boolean;
  /** Equal for equal pixels. */
  pixelHash: string;
}

/** Thrown for bytes that are no readable PNG, JPEG or WebP. */
export class UnreadablePicture extends Error {
  readonly why: "format" | "damaged";
  constructor(why: "format" | "damaged") {
    super(why);
    this.name = "UnreadablePicture";
    this.why = why;
  }
}

// Larger pictures are refused by their header, before memory is taken for them.
const MAX_PIXELS = 64_000_000;
const GRID_SIDE = 48;
const PLACES: readonly Place[] = [
  "top left",
  "top",
  "top right",
  "left",
  "centre",
  "right",
  "bottom left",
  "bottom",
  "bottom right",
];

// The sandbox looks at many different pictures once each, so libvips' cache would only use up
// memory.
sharp.cache(false);
sharp.concurrency(1);

interface Raster {
  pixels: Uint8Array;
  columns: number;
  rows: number;
  luma: Float64Array;
}

/** Decodes a picture and measures it. Throws UnreadablePicture for anything that is not a whole PNG, JPEG or WebP. */
export async function measurePicture(bytes: Uint8Array): Promise<PictureMeasures> {
  const header = await readHeader(bytes);
  const raster = await readRaster(bytes);
  const luma = raster.luma;
  const mean = average(luma);
  const spread = Math.sqrt(average(luma.map((value) => (value - mean) ** 2)));
  const tones = placeMeans(raster, luma);
  const edges = edgeStrengths(raster);
  const edgeMean = average(edges);
  const chroma = meanChroma(raster.pixels);
  return {
    ...header,
    colours: nameColours(raster.pixels),
    light: stepOf(mean, [0.16, 0.34, 0.62, 0.82], LIGHTS),
    contrast: stepOf(spread, [0.13, 0.24], CONTRASTS),
    temperature: chroma.warmth > 0.06 ? "warm" : chroma.warmth < -0.06 ? "cool" : "neutral",
    saturation: stepOf(chroma.saturation, [0.16, 0.38], SATURATIONS),
    brightest: placeOfMost(tones),
    darkest: placeOfMost(tones.map((tone) => -tone)),
    detail: {
      amount: stepOf(edgeMean, [0.02, 0.055], AMOUNTS),
      where: placeOfMost(placeMeans(raster, edges)),
    },
    symmetric: mirrorDifference(raster) < 0.045,
    pixelHash: createHash("sha256").update(raster.pixels).digest("hex"),
  };
}

const LIGHTS = ["very dark", "dark", "moderate", "bright", "very bright"] as const;
const CONTRASTS = ["low", "medium", "high"] as const;
const SATURATIONS = ["muted", "moderate", "vivid"] as const;
const AMOUNTS = ["little", "some", "much"] as const;

type Header = Pick<PictureMeasures, "format" | "width" | "height" | "orientation" | "hasAlpha">;

async function readHeader(bytes: Uint8Array): Promise<Header> {
  if (bytes.byteLength === 0) throw new UnreadablePicture("format");
  const metadata = await sharp(bytes, { limitInputPixels: MAX_PIXELS })
    .metadata()
    .catch(() => {
      throw new UnreadablePicture("format");
    });
  const { format } = metadata;
  if (format !== "jpeg" && format !== "png" && format !== "webp") {
    throw new UnreadablePicture("format");
  }
  const { width, height } = metadata.autoOrient;
  const ratio = width / height;
  const orientation =
    ratio >= 2
      ? "panoramic"
      : ratio > 1.08
        ? "landscape"
        : ratio < 1 / 1.08
          ? "portrait"
          : "square";
  return { format, width, height, orientation, hasAlpha: metadata.hasAlpha };
}

async function readRaster(bytes: Uint8Array): Promise<Raster> {
  const { data, info } = await sharp(bytes, {
    limitInputPixels: MAX_PIXELS,
    failOn: "error",
    autoOrient: true,
  })
    .resize(GRID_SIDE, GRID_SIDE, { fit: "fill", kernel: "cubic" })
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true })
    .catch(() => {
      throw new UnreadablePicture("damaged");
    });
  const pixels = info.channels === 3 ? data : greyToRgb(data, info.channels);
  const luma = new Float64Array(info.width * info.height);
  for (let index = 0; index < luma.length; index += 1) {
    const [red, green, blue] = rgbAt(pixels, index);
    luma[index] = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  }
  return { pixels, columns: info.width, rows: info.height, luma };
}

function greyToRgb(data: Uint8Array, channels: number): Uint8Array {
  const count = Math.floor(data.length / channels);
  const pixels = new Uint8Array(count * 3);
  for (let index = 0; index < count; index += 1) {
    pixels.fill(data[index * channels] ?? 0, index * 3, index * 3 + 3);
  }
  return pixels;
}

function rgbAt(pixels: Uint8Array, index: number): [red: number, green: number, blue: number] {
  return [pixels[index * 3] ?? 0, pixels[index * 3 + 1] ?? 0, pixels[index * 3 + 2] ?? 0];
}

function nameColours(pixels: Uint8Array): { name: string; share: number }[] {
  const counts = new Map<string, number>();
  const pixelCount = pixels.length / 3;
  for (let index = 0; index < pixelCount; index += 1) {
    const name = colourName(...rgbAt(pixels, index));
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, share: count / pixelCount }))
    .toSorted((one, other) => other.share - one.share || one.name.localeCompare(other.name, "en"))
    .slice(0, 5)
    .filter(({ share }, index) => index === 0 || share >= 0.03);
}

function meanChroma(pixels: Uint8Array): { warmth: number; saturation: number } {
  let warmth = 0;
  let saturation = 0;
  const pixelCount = pixels.length / 3;
  for (let index = 0; index < pixelCount; index += 1) {
    const [red, green, blue] = rgbAt(pixels, index);
    warmth += (red - blue) / 255;
    saturation += (Math.max(red, green, blue) - Math.min(red, green, blue)) / 255;
  }
  return { warmth: warmth / pixelCount, saturation: saturation / pixelCount };
}

/** Steepness of tone at each cell: how much it differs from its right and lower neighbours. */
function edgeStrengths({ luma, columns, rows }: Raster): Float64Array {
  return luma.map((value, index) => {
    const column = index % columns;
    const row = Math.floor(index / columns);
    const right = column + 1 < columns ? (luma[index + 1] ?? value) : value;
    const below = row + 1 < rows ? (luma[index + columns] ?? value) : value;
    return Math.hypot(right - value, below - value);
  });
}

function placeMeans({ columns, rows }: Raster, values: Float64Array): number[] {
  const sums = PLACES.map(() => ({ sum: 0, count: 0 }));
  values.forEach((value, index) => {
    const third = Math.floor(((index % columns) * 3) / columns);
    const band = Math.floor((Math.floor(index / columns) * 3) / rows);
    const place = sums[band * 3 + third];
    if (place) {
      place.sum += value;
      place.count += 1;
    }
  });
  return sums.map(({ sum, count }) => sum / Math.max(1, count));
}

function placeOfMost(values: readonly number[]): Place {
  return PLACES[values.indexOf(Math.max(...values))] ?? "centre";
}

function mirrorDifference({ luma, columns }: Raster): number {
  return average(
    luma.map((value, index) => {
      const column = index % columns;
      return Math.abs(value - (luma[index - column + (columns - 1 - column)] ?? value));
    }),
  );
}

/** The name of the step a value falls in; `steps` are the upper ends of all but the last. */
function stepOf<Name>(
  value: number,
  steps: readonly number[],
  names: readonly [...Name[], Name],
): Name {
  const index = steps.findIndex((step) => value < step);
  return names[index === -1 ? names.length - 1 : index] ?? names[0];
}

function average(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}
