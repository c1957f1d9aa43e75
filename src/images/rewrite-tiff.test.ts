import sharp from "sharp";
import { expect, it } from "vitest";
import { FailureError } from "#src/domain/failure.ts";
import { rewriteTiff } from "./rewrite-tiff.ts";
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
