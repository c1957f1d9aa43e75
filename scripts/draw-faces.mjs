// Draws abstract faces: node scripts/draw-faces.mjs <folder> [count]
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import sharp from "sharp";
import {
  between,
  circle,
  createRandom,
  drawing,
  ellipse,
  path,
  pick,
  rect,
  stroke,
  vertical,
} from "./draw-shapes.mjs";

const SIDE = 300;
const BACKGROUNDS = [
  "#cfe0ee",
  "#f5ecd2",
  "#a3b596",
  "#c3b3e2",
  "#f6c6a0",
  "#5f7390",
  "#33353a",
  "#e8b7ad",
];
const SKINS = [
  ["#f3cfb3", "#d9a37f"],
  ["#e3b08a", "#bd8057"],
  ["#c58c62", "#97603c"],
  ["#93603f", "#6a4028"],
  ["#5f3d2a", "#40271a"],
];
const HAIRS = ["#1d1512", "#4a2c1a", "#8a5a2b", "#d9b25f", "#a8481f", "#b9bcc0", "#f1efe9"];
const SHIRTS = ["#2f6fcc", "#a31f34", "#1f7f7d", "#f2b23a", "#55304f", "#3b9a45", "#27303a"];

/**
 * Writes `count` JPEGs of 300 px, each a different face, and the same face for the same number: face-001.jpg
 * and so on. They have no age. What a model says about them only shows that answers arrive and are counted.
 * @returns the file names, in order.
 */
export async function drawFaces(folder, count) {
  await mkdir(folder, { recursive: true });
  const fileNames = Array.from(
    { length: count },
    (_, index) => `face-${String(index + 1).padStart(3, "0")}.jpg`,
  );
  for (const [index, fileName] of fileNames.entries()) {
    const jpeg = await sharp(Buffer.from(faceSvg(index + 1)))
      .jpeg({ quality: 82 })
      .toBuffer();
    await writeFile(join(folder, fileName), jpeg);
  }
  return fileNames;
}

/** One face as an SVG document. */
function faceSvg(number) {
  const random = createRandom(number * 7_919);
  const [skin, shade] = pick(random, SKINS);
  const hair = pick(random, HAIRS);
  const face = {
    x: 150 + between(random, -8, 8),
    y: 142 + between(random, -8, 8),
    wide: between(random, 52, 68),
    tall: between(random, 66, 84),
  };
  return drawing(
    SIDE,
    SIDE,
    vertical("light", [0, "#fff", 0.3], [1, "#000", 0.25]),
    rect(0, 0, SIDE, SIDE, pick(random, BACKGROUNDS)),
    rect(0, 0, SIDE, SIDE, "url(#light)"),
    hairBehind(random, face, hair),
    path(`M${face.x - 26} ${face.y + 50}v60h52v-60z`, shade),
    path(
      `M20 300Q30 ${face.y + 104} ${face.x - 30} ${face.y + 92}Q${face.x} ${face.y + 126} ${face.x + 30} ${face.y + 92}Q270 ${face.y + 104} 280 300Z`,
      pick(random, SHIRTS),
    ),
    ellipse(face.x - face.wide, face.y + 6, 11, 17, shade),
    ellipse(face.x + face.wide, face.y + 6, 11, 17, shade),
    ellipse(face.x, face.y, face.wide, face.tall, skin),
    path(
      `M${face.x} ${face.y - face.tall}A${face.wide} ${face.tall} 0 0 1 ${face.x} ${face.y + face.tall}Q${face.x + face.wide * 0.62} ${face.y} ${face.x} ${face.y - face.tall}Z`,
      shade,
      `opacity=".28"`,
    ),
    features(random, face, { hair, shade }),
    fringe(random, face, hair),
  );
}

function hairBehind(random, { x, y, wide, tall }, hair) {
  const reach = between(random, -10, 90);
  return path(
    `M${x - wide - 14} ${y + reach}Q${x - wide - 26} ${y - tall - 22} ${x} ${y - tall - 22}T${x + wide + 14} ${y + reach}Z`,
    hair,
  );
}

function fringe(random, { x, y, wide, tall }, hair) {
  const low = y - tall * between(random, 0.35, 0.7);
  const part = x + between(random, -0.7, 0.7) * wide;
  return path(
    `M${x - wide - 2} ${y - 12}Q${x - wide} ${y - tall - 14} ${x} ${y - tall - 14}T${x + wide + 2} ${y - 12}Q${x + wide * 0.8} ${low} ${part} ${low - 14}Q${x - wide * 0.7} ${low} ${x - wide - 2} ${y - 12}Z`,
    hair,
  );
}

function features(random, { x, y, wide, tall }, { hair, shade }) {
  const apart = wide * between(random, 0.38, 0.48);
  const eyeY = y + between(random, -6, 6);
  const eye = between(random, 5, 8);
  const smile = between(random, -3, 18);
  const mouthY = y + tall * 0.52;
  const mouth = between(random, 16, 26);
  const brow = between(random, -5, 5);
  const lines = random() > 0.6;
  const glasses = random() > 0.72;
  const beard = random() > 0.78;
  const iris = pick(random, ["#3b2a22", "#3f62a8", "#4b7a4f", "#5a3b22"]);
  return [
    beard &&
      path(
        `M${x - wide * 0.94} ${y + 20}Q${x - wide * 0.8} ${y + tall + 12} ${x} ${y + tall + 14}T${x + wide * 0.94} ${y + 20}Q${x + wide * 0.5} ${mouthY - 18} ${x} ${mouthY - 16}T${x - wide * 0.94} ${y + 20}Z`,
        hair,
      ),
    [-1, 1].map((side) => [
      ellipse(x + side * apart, eyeY, eye * 1.6, eye, "#fffdf8"),
      circle(x + side * apart, eyeY, eye * 0.8, iris),
      stroke(
        `M${x + side * apart - 14} ${eyeY - 18 - side * brow}q14 -8 28 ${side * brow * 2}`,
        hair,
        5,
      ),
      lines &&
        stroke(`M${x + side * (apart + 18)} ${eyeY + 8}q${side * 6} 4 ${side * 8} 12`, shade, 2),
      glasses && circle(x + side * apart, eyeY, 20, "none", `stroke="#222" stroke-width="3.4"`),
    ]),
    glasses && stroke(`M${x - apart + 20} ${eyeY}H${x + apart - 20}`, "#222", 3),
    lines && stroke(`M${x - 30} ${y - tall * 0.55}h60M${x - 24} ${y - tall * 0.45}h48`, shade, 2),
    stroke(`M${x} ${eyeY + 4}q-9 ${tall * 0.26} 5 ${tall * 0.28}`, shade, 4),
    stroke(`M${x - mouth} ${mouthY}q${mouth} ${smile} ${mouth * 2} 0`, "#9c3f3d", 6),
  ]
    .flat(3)
    .filter(Boolean);
}

const [, script, folder, count = "40"] = process.argv;
if (script && folder && import.meta.url === pathToFileURL(script).href) {
  const fileNames = await drawFaces(folder, Number(count));
  console.log(`${fileNames.length} faces in ${folder}`);
}
