import { hasTextAt, textAt, viewOf } from "./bytes.ts";
import type { ColourProfile } from "./picture-header.ts";

/** The D50-adapted primaries of sRGB (IEC 61966-2-1 as in ICC profiles): X and Y of red, green and blue. */
const srgbPrimaries = [
  ["rXYZ", 0.436, 0.2225],
  ["gXYZ", 0.3851, 0.7169],
  ["bXYZ", 0.1431, 0.0606],
] as const;

/**
 * More than any writer of sRGB profiles is off by rounding, less than the distance to Display P3
 * and Adobe RGB.
 */
const tolerance = 0.02;

/** True if colours must be converted to become sRGB; a profile that cannot be read counts as sRGB. */
export async function differsFromSrgb(profile: ColourProfile | null): Promise<boolean> {
  if (profile === null) return false;
  // 1 is BT.709, which sRGB shares; 2 is "unspecified".
  if (profile.kind === "cicp") return profile.primaries > 2 || isHighRange(profile);
  try {
    return iccDiffersFromSrgb(await iccBytes(profile));
  } catch {
    return false;
  }
}

/** True if the brightness is coded for screens that can do more than paper white: PQ or HLG (ITU-R BT.2100). */
export function isHighRange(profile: ColourProfile | null): boolean {
  if (profile?.kind === "icc") return isHighRange(codesIn(profile.bytes));
  return profile?.kind === "cicp" && [16, 18].includes(profile.transfer);
}

/** The code points that an ICC profile has beside its curves (ICC.1:2022, 9.2.17); null if it has none. */
function codesIn(profile: Uint8Array): ColourProfile | null {
  for (let index = 0; index < 100; index += 1) {
    const at = 132 + index * 12;
    if (at + 12 > profile.length) return null;
    if (!hasTextAt(profile, at, "cicp")) continue;
    const [primaries, transfer] = profile.subarray(viewOf(profile).getUint32(at + 4) + 8);
    if (primaries === undefined || transfer === undefined) return null;
    return { kind: "cicp", primaries, transfer };
  }
  return null;
}

/** An ICC profile's bytes, inflated if PNG compressed them. */
async function iccBytes(profile: Exclude<ColourProfile, { kind: "cicp" }>): Promise<Uint8Array> {
  if (profile.kind === "icc") return profile.bytes;
  const inflated = new Blob([Uint8Array.from(profile.bytes)])
    .stream()
    .pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
}

/** Reads the matrix columns of an ICC profile (ICC.1:2022, sections 7.2 and 9.2). */
function iccDiffersFromSrgb(bytes: Uint8Array): boolean {
  const space = textAt(bytes, 16, 4);
  if (space !== "RGB ") return space !== "GRAY";
  const view = viewOf(bytes);
  const offsets = new Map<string, number>();
  const count = Math.min(view.getUint32(128), 100);
  for (let index = 0; index < count; index += 1)
    offsets.set(textAt(bytes, 132 + index * 12, 4), view.getUint32(136 + index * 12));
  return srgbPrimaries.some(([tag, x, y]) => {
    const offset = offsets.get(tag);
    // A profile made of tables instead of a matrix is never plain sRGB.
    if (offset === undefined || !hasTextAt(bytes, offset, "XYZ ")) return true;
    return (
      Math.abs(view.getInt32(offset + 8) / 65_536 - x) > tolerance ||
      Math.abs(view.getInt32(offset + 12) / 65_536 - y) > tolerance
    );
  });
}
