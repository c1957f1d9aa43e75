import { viewOf } from "./headers/bytes.ts";

/** Pixels as a canvas takes them: red, green, blue and alpha, rows from the top. */
interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * The pixels of a run-length-encoded bitmap that leaves some out, which are transparent; null for every other bitmap,
 * and for one that breaks off. Browsers make such pixels black ([MS-WMF], 3.1.6.3 and 3.1.6.4: their colour is
 * undefined).
 */
export function expandRunLength(bytes: Uint8Array): Pixels | null {
  const view = viewOf(bytes);
  if (bytes.length < 54) return null;
  const compression = view.getUint32(30, true);
  const bits = view.getUint16(28, true);
  if (!(compression === 1 && bits === 8) && !(compression === 2 && bits === 4)) return null;
  const [width, height] = [view.getInt32(18, true), view.getInt32(22, true)];
  if (width <= 0 || height <= 0) return null;
  const places = placesOf(bytes, { width, height, isNibbles: bits === 4 });
  if (places?.includes(NOTHING) !== true) return null;
  const coloursAt = 14 + view.getUint32(14, true);
  const data = new Uint8ClampedArray(places.length * 4);
  for (const [index, place] of places.entries()) {
    if (place === NOTHING) continue;
    const colourAt = coloursAt + place * 4;
    data[index * 4] = bytes[colourAt + 2] ?? 0;
    data[index * 4 + 1] = bytes[colourAt + 1] ?? 0;
    data[index * 4 + 2] = bytes[colourAt] ?? 0;
    data[index * 4 + 3] = 255;
  }
  return { width, height, data };
}

/** Not a place in a table of at most 256 colours. */
const NOTHING = 0xffff;

/** The place of each pixel's colour in the table, rows from the top; null if the data ends before the picture does. */
function placesOf(
  bytes: Uint8Array,
  { width, height, isNibbles }: { width: number; height: number; isNibbles: boolean },
): Uint16Array | null {
  const places = new Uint16Array(width * height).fill(NOTHING);
  let [x, y] = [0, 0];
  const put = (place: number): void => {
    if (x < width && y < height) places[(height - 1 - y) * width + x] = place;
    x += 1;
  };
  /** The pixel of this number among those of a run of two, or of a row of bytes. */
  const placeIn = (byte: number, index: number): number =>
    isNibbles ? (index % 2 === 0 ? byte >> 4 : byte & 15) : byte;
  let at = viewOf(bytes).getUint32(10, true);
  while (y < height) {
    if (at + 1 >= bytes.length) return y === height - 1 && x >= width ? places : null;
    const [count, value] = [bytes[at] ?? 0, bytes[at + 1] ?? 0];
    at += 2;
    if (count > 0) for (let index = 0; index < count; index += 1) put(placeIn(value, index));
    else if (value === 0) [x, y] = [0, y + 1];
    else if (value === 1) break;
    else if (value === 2) {
      x += bytes[at] ?? 0;
      y += bytes[at + 1] ?? 0;
      at += 2;
    } else {
      const perByte = isNibbles ? 2 : 1;
      for (let index = 0; index < value; index += 1)
        put(placeIn(bytes[at + Math.floor(index / perByte)] ?? 0, index));
      // Padded to an even number of bytes.
      at += Math.ceil(value / perByte / 2) * 2;
    }
  }
  return places;
}
