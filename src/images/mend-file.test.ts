import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { FailureError } from "#src/domain/failure.ts";
import { expandGif } from "./expand-gif.ts";
import { expandRunLength } from "./expand-run-length.ts";
import { readHeader } from "./read-header.ts";
import { mendFile } from "./mend-file.ts";
import { formatFile, formatFileNames, formatOf } from "./test-files.ts";
import { unpackDrawing } from "./unpack-drawing.ts";

const odd = ["bare.dib", "jpeg-filler.jpg", "icon-wrong-size.ico"];

it("leaves every file as it is whose writer got it right", () => {
  for (const name of formatFileNames().filter((each) => !odd.includes(each))) {
    const bytes = formatFile(name);
    if (!name.endsWith(".svgz")) expect(mendFile(bytes, formatOf(bytes)), name).toBe(bytes);
  }
});

it("gives a bitmap from the clipboard the header of a file", () => {
  expect(mendFile(formatFile("bare.dib"), "bmp")).toEqual(formatFile("bmp.bmp"));
});

it("leaves filler out of a JPEG that no browser would know", () => {
  expect(mendFile(formatFile("jpeg-filler.jpg"), "jpeg")).toEqual(formatFile("jpeg-baseline.jpg"));
});

it("gives an icon the size that its picture has bytes for, whoever names it", () => {
  const directory = mendFile(formatFile("icon-wrong-size.ico"), "ico");
  expect([...directory.subarray(6, 8)]).toEqual([16, 16]);
  const bomb = Uint8Array.from(directory);
  new DataView(bomb.buffer).setInt32(22 + 4, 65_535, true);
  new DataView(bomb.buffer).setInt32(22 + 8, 65_535, true);
  expect(mendFile(bomb, "ico")).toEqual(directory);
  expect(readHeader(mendFile(bomb, "ico"), "ico")).toMatchObject({ width: 16, height: 16 });
});

it("leaves a file alone that ends too early to be mended", () => {
  for (const name of odd) {
    const bytes = formatFile(name).slice(0, 20);
    const format = name.endsWith("ico") ? "ico" : name.endsWith("jpg") ? "jpeg" : "bmp";
    expect(() => mendFile(bytes, format), name).not.toThrow();
  }
});

/** A bitmap of 6 × 3 pixels in four bits, with these runs. */
function bitmap(...runs: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(14 + 40 + 8 + runs.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(10, 62, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, 6, true);
  view.setInt32(22, 3, true);
  view.setUint16(28, 4, true);
  view.setUint32(30, 2, true);
  bytes.set([255, 0, 0, 0, 0, 0, 255, 0], 54);
  bytes.set(runs, 62);
  return bytes;
}

/** A letter for each pixel: "b" blue, "r" red, "." nothing. */
function seen(bytes: Uint8Array): string | null {
  const pixels = expandRunLength(bytes);
  if (pixels === null) return null;
  const letters = Array.from({ length: 18 }, (_, index) => {
    const [red, , blue, alpha] = pixels.data.subarray(index * 4, index * 4 + 4);
    return alpha === 0 ? "." : red === 255 ? "r" : blue === 255 ? "b" : "?";
  });
  return letters.join("").replaceAll(/.{6}(?=.)/g, "$&|");
}

it("leaves free what a run-length-encoded bitmap leaves out", () => {
  // Half a row; then a jump of two right and one up; then three single pixels.
  expect(seen(bitmap(3, 0x01, 0, 0, 0, 2, 2, 1, 0, 3, 0x10, 0x10, 0, 1))).toBe(
    "..rbr.|......|brb...",
  );
  expect(seen(bitmap(6, 0x11, 0, 0, 6, 0, 0, 0, 6, 0, 0, 1))).toBeNull();
  // It breaks off, which the browser's decoder tells better.
  expect(seen(bitmap(6, 0x11))).toBeNull();
  // It runs over.
  expect(seen(bitmap(200, 0x11, 0, 1))).toBe("......|......|rrrrrr");
});

/** The colours of a GIF at the middle of each quarter, by our own decoder; "-" if it is transparent there. */
function quarters(bytes: Uint8Array): { share: number; colours: string[] } | null {
  const { width, height } = readHeader(bytes, "gif");
  const pixels = expandGif(bytes, { width, height });
  if (pixels === null) return null;
  const colours = [0.25, 0.75].flatMap((y) =>
    [0.25, 0.75].map((x) => {
      const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 4;
      const [red = 0, green = 0, blue = 0, alpha] = pixels.data.subarray(at, at + 4);
      return alpha === 0
        ? "-"
        : [red, green, blue].map((level) => Math.round(level / 10)).join(" ");
    }),
  );
  return { share: pixels.shareOfFrame, colours };
}

it("decodes the first frame of any GIF, and of a broken one what there is", () => {
  const plain = ["23 3 3", "6 16 8", "5 9 18", "22 20 7"];
  for (const name of ["gif.gif", "gif-animated.gif", "gif-wide-codes.gif"])
    expect(quarters(formatFile(name)), name).toEqual({ share: 1, colours: plain });
  expect(quarters(formatFile("gif-alpha.gif"))?.colours).toEqual([...plain.slice(0, 3), "-"]);
  expect(quarters(formatFile("gif-small-frame.gif"))?.colours.slice(1)).toEqual(["-", "-", "-"]);
  const cut = formatFile("gif-wide-codes.gif").slice(0, -250);
  const part = quarters(cut);
  expect(part?.share).toBeGreaterThan(0.5);
  expect(part?.share).toBeLessThan(0.7);
  expect(part?.colours.slice(0, 2)).toEqual(plain.slice(0, 2));
});

it("unpacks a drawing, and nothing else, and not without end", async () => {
  const pack = (text: string) => Uint8Array.from(gzipSync(text));
  const drawing = formatFile("drawing.svg");
  expect(await unpackDrawing(formatFile("drawing-packed.svgz"))).toEqual(drawing);
  expect(await unpackDrawing(drawing)).toBe(drawing);
  const foreign = { kind: "unsupported-format", format: "gzip" } as const;
  await expect(unpackDrawing(pack("Dear diary"))).rejects.toEqual(new FailureError(foreign));
  const bomb = pack(`<svg xmlns="http://www.w3.org/2000/svg">${" ".repeat(60_000_000)}</svg>`);
  await expect(unpackDrawing(bomb)).rejects.toMatchObject({
    failure: { kind: "too-large", what: "bytes" },
  });
  await expect(unpackDrawing(pack("<svg>   </svg>").slice(0, -9))).rejects.toEqual(
    new FailureError({ kind: "unreadable-image", reason: "damaged" }),
  );
});
