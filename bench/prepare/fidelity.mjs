import { join } from "node:path";
import sharp from "sharp";

const goals = { photo: 35, drawing: 38 };

/**
 * How close the copy's pixels come, before encoding, to sharp's Lanczos3 of the whole picture; in dB (PSNR over RGB).
 */
export async function measureFidelity(page, { pictures, sides, folder, receivedPixels }) {
  const rows = [];
  for (const { name, look } of pictures)
    for (const side of sides) {
      const { width, height } = await page.evaluate(
        ([file, pixels]) => window.bench.sendPixels(file, pixels),
        [name, side],
      );
      const decibels = psnr(receivedPixels(), await lanczos(join(folder, name), width, height));
      const rounded = Math.round(decibels * 10) / 10;
      rows.push({
        picture: name,
        look,
        side,
        decibels: rounded,
        goal: goals[look],
        reached: decibels >= goals[look],
      });
    }
  return rows;
}

async function lanczos(path, width, height) {
  // Decoded whole first: if sharp read a JPEG and resized it in one go, it would let the decoder shrink
  // it.
  const { data, info } = await sharp(path)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return sharp(data, { raw: info })
    .resize(width, height, { kernel: "lanczos3", fit: "fill" })
    .raw()
    .toBuffer();
}

function psnr(rgba, rgb) {
  const pixels = rgb.length / 3;
  if (rgba.length !== pixels * 4) throw new Error("the pictures differ in size");
  let sum = 0;
  for (let pixel = 0; pixel < pixels; pixel += 1)
    for (let channel = 0; channel < 3; channel += 1)
      sum += (rgba[pixel * 4 + channel] - rgb[pixel * 3 + channel]) ** 2;
  return 10 * Math.log10(255 ** 2 / (sum / rgb.length));
}
