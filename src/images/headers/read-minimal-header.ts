import type { IsoBox } from "./iso-boxes.ts";
import { damaged, plainHeader, type PictureHeader } from "./picture-header.ts";

/**
 * Reads the header of a small AVIF or HEIC file, whose one box "mini" packs it into single bits (ISO/IEC 23008-12:2025,
 * MinimizedImageBox). Decoders turn the picture upright.
 */
export function readMinimalHeader({ data, cutShort }: IsoBox): PictureHeader {
  const next = bitsOf(data);
  const isSet = (): boolean => next(1) === 1;
  // Of another version nobody knows what its bits mean.
  if (next(2) !== 0) throw damaged();
  const namesCodec = isSet();
  const isFloat = isSet();
  next(1);
  const [hasAlpha, namesColours, isHdr, hasProfile, hasExif, hasXmp] = Array.from(
    { length: 6 },
    isSet,
  );
  const chroma = next(2);
  const orientation = next(3) + 1;
  const sideBits = isSet() ? 15 : 7;
  const [width, height] = [1 + next(sideBits), 1 + next(sideBits)];
  if (chroma === 1 || chroma === 2) next(1);
  if (chroma === 1) next(1);
  if (isFloat) next(2);
  else if (isSet()) next(3);
  if (hasAlpha) next(1);
  const isUpright = orientation < 5;
  const header = plainHeader(isUpright ? width : height, isUpright ? height : width);
  if (namesColours) {
    const [primaries, transfer] = [next(8), next(8)];
    if (chroma !== 0) next(8);
    if (!hasProfile) header.profile = { kind: "cicp", primaries, transfer };
  }
  if (namesCodec) next(64);
  header.gainMap = isHdr === true && isSet();
  header.mayHaveAlpha = hasAlpha === true;
  header.otherMetadata = hasExif === true || hasXmp === true;
  header.cutShort = cutShort;
  return header;
}

/** Reads numbers of so many bits, the highest first. Throws RangeError at the end. */
function bitsOf(data: Uint8Array): (count: number) => number {
  let at = 0;
  return (count) => {
    let value = 0;
    for (let index = 0; index < count; index += 1, at += 1) {
      const byte = data[at >> 3];
      if (byte === undefined) throw new RangeError("no more bits");
      value = value * 2 + ((byte >> (7 - (at & 7))) & 1);
    }
    return value;
  };
}
