// Draws the sample sheet into public/samples: node scripts/draw-samples.mjs
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { desertRoad, forestPath, saltFlat } from "./draw-scenes-land.mjs";
import { fossilHall, windowPortrait } from "./draw-scenes-rooms.mjs";
import { marketUmbrellas, studioTable } from "./draw-scenes-things.mjs";
import { nightStreet, rooftopKites } from "./draw-scenes-town.mjs";
import { harbourDawn, jellyfish, lighthouse } from "./draw-scenes-water.mjs";

const MOST_BYTES = 60_000;

const SAMPLES = [
  { fileName: "harbour-dawn.jpg", draw: harbourDawn },
  { fileName: "rooftop-kites.webp", draw: rooftopKites },
  { fileName: "fossil-hall.png", draw: fossilHall },
  { fileName: "salt-flat.jpg", draw: saltFlat },
  { fileName: "window-portrait.jpg", draw: windowPortrait },
  { fileName: "market-umbrellas.png", draw: marketUmbrellas },
  { fileName: "lighthouse.webp", draw: lighthouse },
  { fileName: "studio-table.jpg", draw: studioTable },
  { fileName: "forest-path.jpg", draw: forestPath },
  { fileName: "jellyfish.webp", draw: jellyfish },
  { fileName: "desert-road.jpg", draw: desertRoad },
  { fileName: "night-street.jpg", draw: nightStreet },
];

const folder = fileURLToPath(new URL("../public/samples/", import.meta.url));
await mkdir(folder, { recursive: true });
for (const { fileName, draw } of SAMPLES) {
  const picture = sharp(Buffer.from(draw()));
  const { data, info } = await encode(picture, fileName).toBuffer({ resolveWithObject: true });
  if (data.byteLength > MOST_BYTES) {
    throw new Error(`${fileName} has ${data.byteLength} bytes, over ${MOST_BYTES}.`);
  }
  await writeFile(`${folder}${fileName}`, data);
  console.log(`${fileName}  ${info.width} × ${info.height}  ${data.byteLength} bytes`);
}
const fileNames = SAMPLES.map(({ fileName }) => fileName);
await writeFile(`${folder}index.json`, `${JSON.stringify(fileNames, null, 2)}\n`);

function encode(picture, fileName) {
  if (fileName.endsWith(".png"))
    return picture.png({ palette: true, colours: 96, dither: 0, effort: 10 });
  if (fileName.endsWith(".webp")) return picture.webp({ quality: 78, effort: 6 });
  return picture.jpeg({ quality: 74, mozjpeg: true });
}
