import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ImageMagick, initializeImageMagick, MagickFormat } from "@imagemagick/magick-wasm";
import sharp from "sharp";

const { resolve } = createRequire(import.meta.url);
const side = 1536;
/** Kinds that take a library, each with the tool that it is held against, and how much of its pace is wanted. */
const kinds = [
  { kind: "tiff-lzw", ending: "tif", tool: "magick", goal: 0.35 },
  { kind: "tiff-jpeg", ending: "tif", tool: "magick", goal: 0.35 },
  { kind: "psd", ending: "psd", tool: "magick", goal: 0.35 },
  { kind: "heic", ending: "heic", tool: "heif-dec", goal: 0.5 },
];

/**
 * Milliseconds from file to copy for formats that browsers don't open, one picture at a time on one thread, against
 * ImageMagick 7.1 and libheif's own tool; the medians of the rounds. A row says so if its tool is not on this machine.
 */
export async function measureRare(page, { photo, folder, rounds }) {
  const rows = [];
  for (const { kind, ending, tool, goal } of kinds) {
    const name = `${kind}-of-${photo.replace(/\.jpg$/u, "")}.${ending}`;
    const lacking = await write(kind, { photo: join(folder, photo), path: join(folder, name) });
    if (lacking !== null) {
      rows.push({ kind, lacking });
      continue;
    }
    await page.evaluate((names) => window.bench.load(names), [name]);
    // The first one loads the library.
    await once(page, name);
    const ours = [];
    const theirs = [];
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await once(page, name));
      if (has(tool)) theirs.push(native(tool, join(folder, name)));
    }
    const oursMs = Math.round(median(ours));
    if (theirs.length === 0) {
      rows.push({ kind, oursMs, lacking: tool });
      continue;
    }
    const times = Math.round((median(theirs) / median(ours)) * 100) / 100;
    rows.push({
      kind,
      oursMs,
      tool,
      toolMs: Math.round(median(theirs)),
      times,
      goal,
      reached: times >= goal,
    });
  }
  return rows;
}

async function once(page, name) {
  const { ms } = await page.evaluate(
    ([file, pixels]) => window.bench.measure("Contact Sheet", [file], pixels),
    [name, side],
  );
  return ms;
}

/** Writes the photograph in another format, once; returns the tool that is missing for it, or null. */
async function write(kind, { photo, path }) {
  if (existsSync(path)) return null;
  const image = sharp(photo);
  if (kind === "tiff-lzw")
    await image.tiff({ compression: "lzw", predictor: "horizontal" }).toFile(path);
  else if (kind === "tiff-jpeg")
    await image.tiff({ compression: "jpeg", quality: 90 }).toFile(path);
  else if (kind === "psd") {
    await initializeImageMagick(readFileSync(resolve("@imagemagick/magick-wasm/magick.wasm")));
    ImageMagick.read(readFileSync(photo), MagickFormat.Jpeg, (read) => {
      read.settings.setDefine(MagickFormat.Psd, "additional-info", "none");
      read.write(MagickFormat.Psd, (data) => writeFileSync(path, data));
    });
  } else {
    if (!has("heif-enc")) return "heif-enc";
    execFileSync("heif-enc", ["-q", "80", "-o", path, photo], { stdio: "ignore" });
  }
  return null;
}

function has(tool) {
  return spawnSync(tool, ["--version"], { stdio: "ignore" }).error === undefined;
}

function native(tool, path) {
  const scratch = mkdtempSync(join(tmpdir(), "bench-rare-"));
  const out = join(scratch, "copy.jpg");
  const parameters =
    tool === "magick"
      ? ["-limit", "thread", "1", `${path}[0]`, "-resize", `${side}x${side}`, "-quality", "85", out]
      : ["-q", "85", path, out];
  try {
    const start = performance.now();
    execFileSync(tool, parameters, {
      stdio: "ignore",
      env: { ...process.env, OMP_NUM_THREADS: "1" },
    });
    return performance.now() - start;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}
