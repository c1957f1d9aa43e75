import type { Background } from "#src/domain/mount.ts";
import { BACKGROUND_COLOURS } from "./background.ts";

// Small enough that no square is taken for a part of the picture, large enough to outlast JPEG.
const SQUARES_PER_SIDE = 48;
const LEAST_SQUARE_PX = 4;

/** Fills what is transparent of a canvas, all of it. */
export function layBehind(
  context: OffscreenCanvasRenderingContext2D,
  background: Background,
): void {
  const { width, height } = context.canvas;
  const [first, second = null] = BACKGROUND_COLOURS[background];
  context.save();
  context.globalCompositeOperation = "destination-over";
  if (second !== null) {
    const side = Math.max(LEAST_SQUARE_PX, Math.round(Math.max(width, height) / SQUARES_PER_SIDE));
    context.fillStyle = second;
    for (let top = 0, row = 0; top < height; top += side, row += 1)
      for (let left = (row % 2) * side; left < width; left += 2 * side)
        context.fillRect(left, top, side, side);
  }
  context.fillStyle = first;
  context.fillRect(0, 0, width, height);
  context.restore();
}
