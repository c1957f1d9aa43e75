// @ts-check
import sharp from "sharp";

/** What every fixture shows when it is upright: red, green, blue, yellow, in reading order. */
export const corners = ["#e61e1e", "#3ca050", "#325ab4", "#dcc846"];
/** What a second frame or page shows; it must be in no result. */
const other = "#000000";

/** @param {{ width?: number, height?: number, hole?: boolean }} [look] `hole` leaves the last quarter transparent */
export function picture({ width = 120, height = 80, hole = false } = {}) {
  const parts = corners.map((colour, index) =>
    hole && index === 3
      ? ""
      : `<rect x="${(index % 2) * 50}%" y="${Math.floor(index / 2) * 50}%" width="50%" height="50%" fill="${colour}"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" shape-rendering="crispEdges">${parts.join("")}</svg>`;
  const image = sharp(Buffer.from(svg));
  return hole ? image : image.flatten({ background: "white" });
}

/** @param {{ width?: number, height?: number }} [size] */
export function otherFrame({ width = 120, height = 80 } = {}) {
  return sharp({ create: { width, height, channels: 3, background: other } });
}

/**
 * The picture stored in such a way that only its orientation makes it upright.
 * @param {number} orientation @param {{ width?: number, height?: number }} [size]
 */
export async function turned(orientation, size) {
  const upright = await picture(size).png().toBuffer();
  // The inverse of what a viewer has to do (EXIF 2.32, 4.6.5).
  const undo = /** @type {Record<number, (image: sharp.Sharp) => sharp.Sharp>} */ ({
    2: (image) => image.flop(),
    3: (image) => image.rotate(180),
    4: (image) => image.flip(),
    5: (image) => image.rotate(270).flop(),
    6: (image) => image.rotate(270),
    7: (image) => image.rotate(90).flop(),
    8: (image) => image.rotate(90),
  })[orientation];
  const stored = undo === undefined ? upright : await undo(sharp(upright)).png().toBuffer();
  return sharp(stored);
}

/** The picture as it is in a phone's file, 80 × 120 pixels, cut into four tiles of 64 that reach over its edge. */
export async function phoneTiles() {
  const side = 64;
  const stored = await (await turned(6)).png().toBuffer();
  const covered = await sharp(stored)
    .extend({ right: 2 * side - 80, bottom: 2 * side - 120, extendWith: "copy" })
    .png()
    .toBuffer();
  return [0, side].flatMap((top) =>
    [0, side].map((left) => sharp(covered).extract({ left, top, width: side, height: side }).png()),
  );
}
