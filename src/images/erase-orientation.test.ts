import sharp from "sharp";
import { expect, it } from "vitest";
import { eraseOrientation } from "./erase-orientation.ts";
import { readExif } from "./headers/read-exif.ts";
import { readHeader } from "./read-header.ts";
import { formatFile, formatOf } from "./test-files.ts";

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
