import sharp from "sharp";
import { expect, it } from "vitest";
import { FailureError } from "#src/domain/failure.ts";
import { decodeLzw, rewriteTiff } from "./rewrite-tiff.ts";
import { formatFile } from "./test-files.ts";

/** Pixels as libtiff reads them. */
const pixelsOf = (file: Uint8Array) =>
  sharp(file)
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer()
    .then((pixels) => pixels.toString("hex"));

it.each(["lzw", "jpeg", "16bit", "alpha", "turned", "pages"])(
  "keeps the pixels of the %s file",
  async (name) => {
    const original = formatFile(`tiff-${name}.tif`);
    const rewritten = new Uint8Array(await rewriteTiff(original));
    expect((await pixelsOf(rewritten)) === (await pixelsOf(original))).toBe(true);
    expect((await sharp(rewritten).metadata()).exif).toBeUndefined();
  },
);

/** A file with one number of its only directory changed; little-endian, as all of these are. */
function forged(name: string, tag: number, value: number): Uint8Array {
  const bytes = formatFile(name);
  const view = new DataView(bytes.buffer);
  const directory = view.getUint32(4, true);
  for (let entry = 0; entry < view.getUint16(directory, true); entry += 1) {
    const at = directory + 2 + entry * 12;
    if (view.getUint16(at, true) === tag) view.setUint32(at + 8, value, true);
  }
  return bytes;
}

it.each([
  ["more rows than there are strips for", 257, 60_000, "damaged"],
  ["a colour model it does not know", 262, 8, "undecodable"],
  ["a compression it does not know", 259, 50_000, "undecodable"],
  ["rows of no height", 278, 0, "damaged"],
] as const)("refuses a file that claims %s", async (_, tag, value, reason) => {
  await expect(rewriteTiff(forged("tiff-lzw.tif", tag, value))).rejects.toEqual(
    new FailureError({ kind: "unreadable-image", reason }),
  );
});

/** Packs codes from the highest bit down, each with the width the reader expects at that point. */
function packed(codes: readonly (readonly [code: number, bits: number])[]): Uint8Array {
  const bits = codes.map(([code, width]) => code.toString(2).padStart(width, "0")).join("");
  const bytes = bits.match(/.{1,8}/g) ?? [];
  return Uint8Array.from(bytes, (byte) => Number.parseInt(byte.padEnd(8, "0"), 2));
}
const nine = (...codes: number[]) => packed(codes.map((code) => [code, 9] as const));

it("decodes the example of TIFF 6.0, section 13", () => {
  // The strip 7 7 7 8 8 7 7 6 6 becomes: clear, 7, 258, 8, 8, 258, 6, 6, end.
  const data = nine(256, 7, 258, 8, 8, 258, 6, 6, 257);
  expect([...decodeLzw(data, 9)]).toEqual([7, 7, 7, 8, 8, 7, 7, 6, 6]);
});

it("stops at the size wanted, and leaves the rest of cut data empty", () => {
  const data = nine(256, 7, 258, 259, 260);
  expect([...decodeLzw(data, 4)]).toEqual([7, 7, 7, 7]);
  expect([...decodeLzw(data.subarray(0, 3), 4)]).toEqual([7, 0, 0, 0]);
});

it("stops at a code that cannot have been made yet", () => {
  expect([...decodeLzw(nine(256, 7, 400, 7), 4)]).toEqual([7, 0, 0, 0]);
  expect([...decodeLzw(nine(256, 300), 2)]).toEqual([0, 0]);
});
