import sharp from "sharp";
import { expect, it } from "vitest";
import { eraseOrientation, uprightSize, uprightTransform } from "./orientation.ts";
import { readExif } from "./headers/read-exif.ts";
import { readHeader } from "./read-header.ts";
import { formatFile, formatOf } from "./test-files.ts";

const stored = { width: 40, height: 30 };

/** Where the stored picture's first row and first column end up (EXIF 2.32, table of tag 0x0112). */
const firstRowAndColumn = {
  1: ["top", "left"],
  2: ["top", "right"],
  3: ["bottom", "right"],
  4: ["bottom", "left"],
  5: ["left", "top"],
  6: ["right", "top"],
  7: ["right", "bottom"],
  8: ["left", "bottom"],
} as const;

it.each(Object.entries(firstRowAndColumn))(
  "orientation %s brings the first row and column to where EXIF says",
  (orientation, [row, column]) => {
    const upright = uprightSize(stored, Number(orientation));
    const [a, b, c, d, e, f] = uprightTransform(stored, Number(orientation));
    const drawn = (x: number, y: number) => ({ x: a * x + c * y + e, y: b * x + d * y + f });
    const edgeOf = (point: { x: number; y: number }) => ({
      top: point.y === 0,
      bottom: point.y === upright.height,
      left: point.x === 0,
      right: point.x === upright.width,
    });
    // The middles of the first row and of the first column are each on one edge.
    expect(edgeOf(drawn(stored.width / 2, 0))).toMatchObject({ [row]: true });
    expect(edgeOf(drawn(0, stored.height / 2))).toMatchObject({ [column]: true });
  },
);

it("turns nothing for an orientation that does not exist", () => {
  expect(uprightTransform(stored, 9)).toEqual([1, 0, 0, 1, 0, 0]);
  expect(uprightSize(stored, 0)).toEqual(stored);
});

it.each(["jpeg-orientation-5.jpg", "jpeg-orientation-6.jpg", "png-turned.png", "webp-turned.webp"])(
  "leaves nothing for a decoder to turn in %s",
  async (name) => {
    const bytes = formatFile(name);
    const format = formatOf(bytes);
    const header = readHeader(bytes, format);
    expect((await sharp(bytes).metadata()).orientation).toBeGreaterThan(4);
    eraseOrientation({ bytes, format, header, exif: readExif(header.exif) });
    // Also fails for a chunk whose checksum is wrong.
    const after = await sharp(bytes, { failOn: "warning" }).metadata();
    expect(after.orientation).toBe(1);
  },
);
