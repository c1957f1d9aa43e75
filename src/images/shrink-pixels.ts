import type { PixelSize } from "./fit.ts";

/** Interleaved samples of eight bits, and where in a pixel's samples each channel is. */
export interface Samples extends PixelSize {
  data: Uint8Array;
  /** Samples a pixel. */
  stride: number;
  red: number;
  green: number;
  blue: number;
  /** Straight, not premultiplied; null if every pixel is opaque. */
  alpha: number | null;
  /** Rows that were read; what lies below is transparent. */
  rows: number;
}

/**
 * The picture as RGBA with straight alpha, with each square of so many pixels averaged into one, of whole squares only:
 * fewer than `times` rows or columns are left out at the far edges.
 */
export function shrinkPixels(
  samples: Samples,
  times: number,
): PixelSize & {
  data: Uint8ClampedArray<ArrayBuffer>;
} {
  const width = Math.max(1, Math.floor(samples.width / times));
  const height = Math.max(1, Math.floor(samples.height / times));
  const data = new Uint8ClampedArray(width * height * 4);
  const rows = Math.min(height, Math.floor(samples.rows / times));
  if (times === 1) copyPixels(samples, data);
  else if (samples.alpha === null) averageOpaque(samples, { data, width, rows, times });
  else averageWithAlpha(samples, samples.alpha, { data, width, rows, times });
  return { width, height, data };
}

interface Target {
  data: Uint8ClampedArray;
  width: number;
  rows: number;
  times: number;
}

function copyPixels(samples: Samples, target: Uint8ClampedArray): void {
  const { data, stride, red, green, blue, alpha } = samples;
  const end = samples.width * samples.rows * 4;
  let from = 0;
  for (let to = 0; to < end; to += 4) {
    target[to] = data[from + red] ?? 0;
    target[to + 1] = data[from + green] ?? 0;
    target[to + 2] = data[from + blue] ?? 0;
    target[to + 3] = alpha === null ? 255 : (data[from + alpha] ?? 0);
    from += stride;
  }
}

function averageOpaque(samples: Samples, { data, width, rows, times }: Target): void {
  const { stride, red, green, blue } = samples;
  const source = samples.data;
  const count = times * times;
  const half = count >> 1;
  const sums = new Uint32Array(width * 3);
  for (let row = 0; row < rows; row += 1) {
    sums.fill(half);
    for (let line = row * times; line < (row + 1) * times; line += 1) {
      let from = line * samples.width * stride;
      for (let at = 0; at < sums.length; at += 3) {
        let [sumOfRed, sumOfGreen, sumOfBlue] = [0, 0, 0];
        for (let time = 0; time < times; time += 1) {
          sumOfRed += source[from + red] ?? 0;
          sumOfGreen += source[from + green] ?? 0;
          sumOfBlue += source[from + blue] ?? 0;
          from += stride;
        }
        sums[at] = (sums[at] ?? 0) + sumOfRed;
        sums[at + 1] = (sums[at + 1] ?? 0) + sumOfGreen;
        sums[at + 2] = (sums[at + 2] ?? 0) + sumOfBlue;
      }
    }
    let to = row * width * 4;
    for (let at = 0; at < sums.length; at += 3) {
      data[to] = Math.floor((sums[at] ?? 0) / count);
      data[to + 1] = Math.floor((sums[at + 1] ?? 0) / count);
      data[to + 2] = Math.floor((sums[at + 2] ?? 0) / count);
      data[to + 3] = 255;
      to += 4;
    }
  }
}

/** Colours count as much as they are opaque, so that what hides under transparency does not show at its edges. */
function averageWithAlpha(
  samples: Samples,
  alpha: number,
  { data, width, rows, times }: Target,
): void {
  const { stride } = samples;
  const source = samples.data;
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < width; column += 1) {
      let [red, green, blue, weight] = [0, 0, 0, 0];
      for (let line = 0; line < times; line += 1) {
        let from = ((row * times + line) * samples.width + column * times) * stride;
        for (let time = 0; time < times; time += 1) {
          const share = source[from + alpha] ?? 0;
          red += (source[from + samples.red] ?? 0) * share;
          green += (source[from + samples.green] ?? 0) * share;
          blue += (source[from + samples.blue] ?? 0) * share;
          weight += share;
          from += stride;
        }
      }
      if (weight === 0) continue;
      const to = (row * width + column) * 4;
      data[to] = red / weight;
      data[to + 1] = green / weight;
      data[to + 2] = blue / weight;
      data[to + 3] = weight / (times * times);
    }
}
