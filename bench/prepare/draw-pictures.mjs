import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";

/** The pictures that are measured, by kind: size in pixels and how they are written. */
export const pictureKinds = {
  "jpeg-12mp": {
    width: 4032,
    height: 3024,
    look: "photo",
    write: (image) => image.jpeg({ quality: 92 }),
    ending: "jpg",
  },
  "jpeg-24mp": {
    width: 6000,
    height: 4000,
    look: "photo",
    write: (image) => image.jpeg({ quality: 92 }),
    ending: "jpg",
  },
  "png-6mp": {
    width: 3000,
    height: 2000,
    look: "drawing",
    write: (image) => image.png(),
    ending: "png",
  },
  "webp-12mp": {
    width: 4000,
    height: 3000,
    look: "photo",
    write: (image) => image.webp({ quality: 88 }),
    ending: "webp",
  },
  "drawn-jpeg-12mp": {
    width: 4032,
    height: 3024,
    look: "drawing",
    write: (image) => image.jpeg({ quality: 92 }),
    ending: "jpg",
  },
};

/** Steps of the texture in pixels, each with its strength: about as much at each size as in a photograph (1/f). */
const octaves = [
  [1024, 56],
  [256, 36],
  [64, 22],
  [16, 13],
  [4, 8],
];
/** Standard deviation of a phone's noise in good light, out of 255. */
const noiseDeviation = 4;

/**
 * Draws `count` different pictures of a kind into a folder, once, and returns their names; `shrink` divides their
 * sides. Photographs are smooth texture at every scale, edges and sensor noise; drawings are shapes, lines and
 * lettering.
 */
export async function drawPictures(kind, { count, folder, shrink }) {
  mkdirSync(folder, { recursive: true });
  const { look, write, ending } = pictureKinds[kind];
  const width = pictureKinds[kind].width / shrink;
  const height = pictureKinds[kind].height / shrink;
  const names = Array.from(
    { length: count },
    (_, index) => `${kind}-${width}-${index + 1}.${ending}`,
  );
  for (const [index, name] of names.entries()) {
    const path = join(folder, name);
    if (existsSync(path)) continue;
    const random = randomNumbers(1 + index * 7919 + width);
    const image =
      look === "photo"
        ? await photograph({ width, height }, random)
        : drawing({ width, height }, random);
    await write(image).toFile(path);
  }
  return names;
}

async function photograph({ width, height }, random) {
  const sum = new Float32Array(width * height * 3).fill(122);
  for (const [step, strength] of octaves)
    await addOctave(sum, { width, height, step, strength, random });
  const edges = await sharp(Buffer.from(shapes({ width, height }, random, 40)))
    .ensureAlpha()
    .raw()
    .toBuffer();
  const noise = noiseTable(random);
  const pixels = Buffer.allocUnsafe(sum.length);
  let at = Math.floor(random() * noise.length);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const cover = (edges[pixel * 4 + 3] ?? 0) / 400;
    // Neighbouring channels share noise, since each sensor element sees only one colour.
    const shared = noise[at] ?? 0;
    for (let channel = 0; channel < 3; channel += 1) {
      at = (at + 1) & 0xfffff;
      const value =
        (sum[pixel * 3 + channel] ?? 0) * (1 - cover) + (edges[pixel * 4 + channel] ?? 0) * cover;
      const noisy = value + (0.7 * shared + 0.7 * (noise[at] ?? 0)) * noiseDeviation;
      pixels[pixel * 3 + channel] = Math.max(0, Math.min(255, Math.round(noisy)));
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

async function addOctave(sum, { width, height, step, strength, random }) {
  const columns = Math.ceil(width / step) + 2;
  const rows = Math.ceil(height / step) + 2;
  const grid = Buffer.alloc(columns * rows * 3);
  for (let cell = 0; cell < columns * rows; cell += 1) {
    // Photographs vary far more in light than in colour.
    const light = 20 + random() * 216;
    for (let channel = 0; channel < 3; channel += 1)
      grid[cell * 3 + channel] = light + (random() - 0.5) * 40;
  }
  const layer = await sharp(grid, { raw: { width: columns, height: rows, channels: 3 } })
    .resize(width, height, { kernel: "cubic", fit: "fill" })
    .raw()
    .toBuffer();
  const scale = strength / 64;
  for (let index = 0; index < sum.length; index += 1)
    sum[index] += ((layer[index] ?? 0) - 127.5) * scale;
}

function drawing(size, random) {
  return sharp(Buffer.from(shapes(size, random, 160))).flatten({ background: "#f4f1e8" });
}

function shapes({ width, height }, random, count) {
  const colour = () => `hsl(${Math.floor(random() * 360)} 60% ${30 + Math.floor(random() * 45)}%)`;
  const parts = [];
  for (let index = 0; index < count; index += 1) {
    const x = Math.floor(random() * width);
    const y = Math.floor(random() * height);
    const size = 20 + Math.floor(random() ** 2 * 500);
    const turn = Math.floor(random() * 180);
    const form = [
      `<rect width="${size}" height="${Math.floor(size / 2)}" fill="${colour()}"/>`,
      `<circle r="${Math.floor(size / 2)}" fill="${colour()}"/>`,
      `<path d="M0 0 l${size} ${Math.floor(size / 3)} l-${size} ${Math.floor(size / 4)} z" fill="${colour()}"/>`,
      `<path d="M0 0 q${size} -${size} ${size * 2} 0" fill="none" stroke="${colour()}" stroke-width="${2 + Math.floor(random() * 9)}"/>`,
      `<text font-size="${12 + Math.floor(size / 5)}" font-family="sans-serif" fill="${colour()}">Contact ${index}</text>`,
    ][index % 5];
    parts.push(`<g transform="translate(${x} ${y}) rotate(${turn})">${form}</g>`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${parts.join("")}</svg>`;
}

/** A million normally distributed numbers (Box–Muller). */
function noiseTable(random) {
  return Float32Array.from(
    { length: 0x100000 },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
