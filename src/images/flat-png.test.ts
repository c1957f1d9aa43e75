import sharp from "sharp";
import { expect, it } from "vitest";
import { encodeFlatPng } from "./flat-png.ts";

it("is a PNG that others read, and says which colour space its pixels are in", async () => {
  // More than one stored block, and no whole number of them.
  const size = { width: 150, height: 131 };
  const data = Uint8ClampedArray.from(
    { length: size.width * size.height * 4 },
    (_, index) => (index * 37) % 251,
  );
  const icc = (
    await sharp({ create: { width: 1, height: 1, channels: 3, background: "red" } })
      .withIccProfile("p3")
      .png()
      .toBuffer()
      .then((png) => sharp(png).metadata())
  ).icc;
  const png = Buffer.concat(
    encodeFlatPng({ data, ...size }, { kind: "icc", bytes: icc ?? new Uint8Array() }),
  );
  expect((await sharp(png).metadata()).icc).toEqual(icc);
  const coded = encodeFlatPng({ data, ...size }, { kind: "cicp", primaries: 12, transfer: 13 });
  const pixels = await sharp(Buffer.concat(coded)).ensureAlpha().raw().toBuffer();
  expect(pixels.equals(Buffer.from(data))).toBe(true);
});
