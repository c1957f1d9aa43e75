import { viewOf } from "./headers/bytes.ts";

/** Pixels as a canvas takes them, and how many rows of the frame the data had. */
interface Expanded {
  width: number;
  height: number;
  data: Uint8ClampedArray<ArrayBuffer>;
  isWhole: boolean;
  /** From 0 to 1. */
  shareOfFrame: number;
}

/**
 * The first frame of a GIF (GIF89a, appendix F) on a screen of this size, for files that browsers give up: those with
 * wider codes than they know, and those whose data is broken, of which this is what comes before. Null if there is no
 * frame.
 */
export function expandGif(
  bytes: Uint8Array,
  screen: { width: number; height: number },
): Expanded | null {
  const frame = findFrame(bytes);
  if (frame === null) return null;
  const { left, top, width, height } = frame;
  if (left + width > screen.width || top + height > screen.height) return null;
  const data = new Uint8ClampedArray(screen.width * screen.height * 4);
  const rows = frame.isInterlaced
    ? interlacedRows(height)
    : Array.from({ length: height }, (_, y) => y);
  let count = 0;
  decodeLzw(frame.codes, frame.codeBits, (place) => {
    const y = rows[Math.floor(count / width)];
    if (y === undefined) return false;
    const at = ((top + y) * screen.width + left + (count % width)) * 4;
    count += 1;
    if (place === frame.transparent) return true;
    data.set(frame.colours.subarray(place * 3, place * 3 + 3), at);
    data[at + 3] = 255;
    return true;
  });
  const shareOfFrame = count / (width * height);
  return { ...screen, data, isWhole: shareOfFrame === 1, shareOfFrame };
}

interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
  isInterlaced: boolean;
  colours: Uint8Array;
  /** Place of the colour that is none; null if all are. */
  transparent: number | null;
  codeBits: number;
  codes: Uint8Array;
}

function findFrame(bytes: Uint8Array): Frame | null {
  const view = viewOf(bytes);
  const screenFlags = bytes[10] ?? 0;
  let colours = bytes.subarray(13, 13 + tableBytes(screenFlags));
  let at = 13 + colours.length;
  let transparent: number | null = null;
  while (bytes[at] === 0x21) {
    if (bytes[at + 1] === 0xf9 && ((bytes[at + 3] ?? 0) & 1) === 1)
      transparent = bytes[at + 6] ?? null;
    at = blocksIn(bytes, at + 2).end;
  }
  if (bytes[at] !== 0x2c || at + 11 > bytes.length) return null;
  const flags = bytes[at + 9] ?? 0;
  const dataAt = at + 10 + tableBytes(flags);
  if (tableBytes(flags) > 0) colours = bytes.subarray(at + 10, dataAt);
  const [width, height] = [view.getUint16(at + 5, true), view.getUint16(at + 7, true)];
  const codeBits = bytes[dataAt] ?? 0;
  if (width === 0 || height === 0 || codeBits < 1 || codeBits > 11) return null;
  return {
    left: view.getUint16(at + 1, true),
    top: view.getUint16(at + 3, true),
    width,
    height,
    isInterlaced: (flags & 0x40) !== 0,
    colours,
    transparent,
    codeBits,
    codes: blocksIn(bytes, dataAt + 1).data,
  };
}

function tableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** A chain of sub-blocks, as far as it is there. */
function blocksIn(bytes: Uint8Array, start: number): { data: Uint8Array; end: number } {
  const data: number[] = [];
  let at = start;
  for (let length = bytes[at]; length !== undefined && length > 0; length = bytes[at]) {
    for (const byte of bytes.subarray(at + 1, at + 1 + length)) data.push(byte);
    at += 1 + length;
  }
  return { data: Uint8Array.from(data), end: at + 1 };
}

/** The order in which the rows of an interlaced frame come (appendix E). */
function interlacedRows(height: number): number[] {
  const passes = [
    { first: 0, step: 8 },
    { first: 4, step: 8 },
    { first: 2, step: 4 },
    { first: 1, step: 2 },
  ];
  return passes.flatMap(({ first, step }) =>
    Array.from(
      { length: Math.max(0, Math.ceil((height - first) / step)) },
      (_, index) => first + index * step,
    ),
  );
}

const mostCodes = 4_096;

/** Hands each place in the table of colours to `put`, until it wants no more or the codes end or make no sense. */
function decodeLzw(codes: Uint8Array, codeBits: number, put: (place: number) => boolean): void {
  const clear = 2 ** codeBits;
  const [before, last] = [new Uint16Array(mostCodes), new Uint16Array(mostCodes)];
  let [next, bits, previous, first] = [clear + 2, codeBits + 1, -1, 0];
  let [held, heldBits] = [0, 0];
  for (const byte of codes) {
    held |= byte << heldBits;
    heldBits += 8;
    while (heldBits >= bits) {
      const code = held & (2 ** bits - 1);
      held >>>= bits;
      heldBits -= bits;
      if (code === clear) {
        [next, bits, previous] = [clear + 2, codeBits + 1, -1];
        continue;
      }
      if (code === clear + 1 || code > next || (code === next && previous === -1)) return;
      // The string of a code, from its end; of the one that is just being made, it ends as it begins.
      const places: number[] = [];
      let rest = code;
      if (code === next) {
        places.push(first);
        rest = previous;
      }
      for (; rest >= clear + 2; rest = before[rest] ?? 0) places.push(last[rest] ?? 0);
      places.push(rest);
      first = rest;
      if (!places.toReversed().every(put)) return;
      if (previous !== -1 && next < mostCodes) {
        before[next] = previous;
        last[next] = first;
        next += 1;
        if (next === 2 ** bits && bits < 12) bits += 1;
      }
      previous = code;
    }
  }
}
