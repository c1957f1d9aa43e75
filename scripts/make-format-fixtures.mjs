// @ts-check
// Draws the small pictures of e2e/fixtures/formats, one per format and feature. Run it to add one, naming its group
// ("odd-files") if you have not the tools for all; the results are committed.
// sharp writes most. What no npm package writes, Debian's libheif-examples (heif-enc),
// libavif-bin (avifenc), imagemagick (convert) and libimage-exiftool-perl (exiftool) do.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import sharp from "sharp";
import {
  animatedPng,
  bitmapFile,
  iconBitmap,
  iconFile,
  pngChunk,
  withJpegSegment,
  withPngChunks,
} from "./format-fixtures/containers.mjs";
import { exifBlock } from "./format-fixtures/exif-block.mjs";
import { heifGrid } from "./format-fixtures/heif-grid.mjs";
import { withHeifRotation, withHighRange } from "./format-fixtures/heif-property.mjs";
import {
  bitmapWithGaps,
  drawingWithLabel,
  gifWithWideCodes,
  smallAvif,
  withFiller,
  withLargerCanvas,
  withLargerScreen,
  withShortSegment,
  withWrongDirectory,
} from "./format-fixtures/odd-files.mjs";
import {
  corners,
  otherFrame,
  phoneTiles,
  picture,
  turned,
} from "./format-fixtures/test-picture.mjs";
import { rareFiles } from "./format-fixtures/rare.mjs";
import { tiffVariants } from "./format-fixtures/tiffs.mjs";

const folder = fileURLToPath(new URL("../e2e/fixtures/formats/", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "formats-"));
const exifMark = Buffer.from("Exif\0\0", "latin1");

/** @param {string} name @param {Buffer | Promise<Buffer>} bytes */
async function save(name, bytes) {
  writeFileSync(join(folder, name), await bytes);
}

/** @param {string} name @param {sharp.Sharp} image @returns {Promise<string>} a PNG for the command-line tools */
async function scratchFile(name, image) {
  const path = join(scratch, name);
  await image.toFile(path);
  return path;
}

const fine = { quality: 95, chromaSubsampling: "4:4:4" };

async function jpegs() {
  await save("jpeg-baseline.jpg", picture().jpeg({ quality: 90 }).toBuffer());
  await save(
    "jpeg-progressive.jpg",
    picture()
      .jpeg({ ...fine, progressive: true })
      .toBuffer(),
  );
  await save("jpeg-grey.jpg", picture().greyscale().jpeg().toBuffer());
  // Inks without a profile, as in most CMYK files on the web.
  const plain = await scratchFile("inks.png", picture().png());
  const inks = ["-colorspace", "CMYK", "-quality", "95", join(folder, "jpeg-cmyk.jpg")];
  execFileSync("convert", [plain, ...inks]);
  await save("jpeg-p3.jpg", picture().withIccProfile("p3").jpeg(fine).toBuffer());
  await save(
    "jpeg-p3-large.jpg",
    picture({ width: 4000, height: 2667 }).withIccProfile("p3").jpeg({ quality: 60 }).toBuffer(),
  );
  for (let orientation = 1; orientation <= 8; orientation += 1) {
    const bare = await (await turned(orientation)).jpeg(fine).toBuffer();
    const exif = exifBlock({ orientation, littleEndian: orientation % 2 === 0 });
    await save(
      `jpeg-orientation-${orientation}.jpg`,
      withJpegSegment(bare, 0xe1, Buffer.concat([exifMark, exif])),
    );
  }
  // Sides that are no whole number of blocks, large enough to be decoded smaller.
  const large = await (
    await turned(6, { width: 2667, height: 4001 })
  )
    .jpeg({ quality: 60 })
    .toBuffer();
  const exif = exifBlock({ orientation: 6 });
  await save(
    "jpeg-large-turned.jpg",
    withJpegSegment(large, 0xe1, Buffer.concat([exifMark, exif])),
  );
  await save("jpeg-metadata.jpg", await telling());
}

/** A JPEG that says everything a JPEG can say about the person who took it. */
async function telling() {
  const thumbnail = await otherFrame({ width: 48, height: 32 }).jpeg().toBuffer();
  const exif = Buffer.concat([exifMark, exifBlock({ orientation: 1, thumbnail })]);
  const xmp =
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="52,31.2N" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator><rdf:Seq><rdf:li>Secret Photographer</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>';
  const iptc = Buffer.from(
    "Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x14\x1c\x02\x50\0\x0fSecret Reporter",
    "latin1",
  );
  let jpeg = await picture().jpeg(fine).toBuffer();
  jpeg = withJpegSegment(jpeg, 0xfe, Buffer.from("Secret comment"));
  jpeg = withJpegSegment(jpeg, 0xed, iptc);
  jpeg = withJpegSegment(jpeg, 0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${xmp}`, "latin1"));
  return withJpegSegment(jpeg, 0xe1, exif);
}

async function pngs() {
  const plain = await picture().png().toBuffer();
  await save("png-palette.png", picture().png({ palette: true, colours: 8 }).toBuffer());
  await save("png-16bit.png", picture().toColourspace("rgb16").png().toBuffer());
  await save("png-alpha.png", picture({ hole: true }).png().toBuffer());
  await save("png-interlaced.png", picture().png({ progressive: true }).toBuffer());
  await save("png-animated.png", animatedPng(plain, await otherFrame().png().toBuffer()));
  await save("png-p3.png", picture().withIccProfile("p3").png().toBuffer());
  const stored = await (await turned(6)).png().toBuffer();
  const words = Buffer.from("Comment\0Secret comment", "latin1");
  await save(
    "png-turned.png",
    withPngChunks(stored, [
      pngChunk("eXIf", exifBlock({ orientation: 6, littleEndian: false })),
      pngChunk("tEXt", words),
    ]),
  );
}

async function webpsAndGifs() {
  await save("webp-lossy.webp", picture().webp({ quality: 95 }).toBuffer());
  await save("webp-lossless.webp", picture().webp({ lossless: true }).toBuffer());
  await save("webp-alpha.webp", picture({ hole: true }).webp({ quality: 95 }).toBuffer());
  await save("webp-p3.webp", picture().withIccProfile("p3").webp({ lossless: true }).toBuffer());
  await save(
    "webp-turned.webp",
    (await turned(6)).withMetadata({ orientation: 6 }).webp({ lossless: true }).toBuffer(),
  );
  await save("gif.gif", picture().gif().toBuffer());
  await save("gif-alpha.gif", picture({ hole: true }).gif().toBuffer());
  const frames = [await picture().png().toBuffer(), await otherFrame().png().toBuffer()];
  const both = () => sharp(frames, { join: { animated: true } });
  await save(
    "gif-animated.gif",
    both()
      .gif({ delay: [100, 100] })
      .toBuffer(),
  );
  await save(
    "webp-animated.webp",
    both()
      .webp({ lossless: true, delay: [100, 100] })
      .toBuffer(),
  );
}

async function bitmapsAndIcons() {
  const rgba = await picture().ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  await save("bmp.bmp", bitmapFile(rgba, 24));
  const side = { width: 64, height: 64 };
  const large = await picture({ ...side, hole: true })
    .png()
    .toBuffer();
  const small = await picture({ width: 16, height: 16, hole: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  await save(
    "icon.ico",
    iconFile([
      { side: 16, data: iconBitmap(small) },
      { side: 64, data: large },
    ]),
  );
}

async function drawings() {
  const shapes = corners
    .map((colour, index) => {
      const place = `x="${(index % 2) * 12}" y="${Math.floor(index / 2) * 8}"`;
      return `<rect ${place} width="12" height="8" fill="${colour}"/>`;
    })
    .join("");
  // None of this may have an effect: a script, an event, an outside picture, an outside style.
  const hostile = `<script>document.querySelector("svg").remove()</script><image href="https://example.org/x.png" width="24" height="16"/><style>@import url("https://example.org/x.css");</style>`;
  await save(
    "drawing.svg",
    Buffer.from(
      `<?xml version="1.0"?><!-- a drawing --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 16" onload="this.remove()">${shapes}${hostile}</svg>`,
    ),
  );
}

async function avifs() {
  await save("avif.avif", picture().avif({ quality: 90 }).toBuffer());
  await save("avif-alpha.avif", picture({ hole: true }).avif({ quality: 90 }).toBuffer());
  const p3 = await scratchFile("p3.png", picture().withIccProfile("p3").png());
  const frames = [
    await scratchFile("one.png", picture().png()),
    await scratchFile("two.png", otherFrame().png()),
  ];
  const lying = await scratchFile("lying.png", (await turned(8)).png());
  const run = (/** @type {string[]} */ ...parameters) => execFileSync("avifenc", parameters);
  run("--lossless", p3, join(folder, "avif-p3.avif"));
  run("--min", "5", "--max", "15", ...frames, join(folder, "avif-animated.avif"));
  // A quarter turn anticlockwise, as orientation 8.
  run("--irot", "1", "--min", "5", "--max", "15", lying, join(folder, "avif-turned.avif"));
}

async function heics() {
  const encode = (/** @type {string} */ name, /** @type {string[]} */ ...parameters) =>
    execFileSync("heif-enc", ["-q", "90", "-o", join(folder, name), ...parameters]);
  encode("heic.heic", await scratchFile("plain.png", picture().png()));
  encode("heic-alpha.heic", await scratchFile("hole.png", picture({ hole: true }).png()));
  encode(
    "heic-p3.heic",
    "-L",
    "-p",
    "chroma=444",
    await scratchFile("p3.png", picture().withIccProfile("p3").png()),
  );
  const bare = await (await turned(6)).jpeg(fine).toBuffer();
  const exif = Buffer.concat([exifMark, exifBlock({ orientation: 6 })]);
  const jpeg = join(scratch, "turned.jpg");
  writeFileSync(jpeg, withJpegSegment(bare, 0xe1, exif));
  encode("heic-turned.heic", "-t", "32", jpeg);
  // Phones write the turn twice, and only this one counts: three quarters anticlockwise.
  await save(
    "heic-turned.heic",
    withHeifRotation(readFileSync(join(folder, "heic-turned.heic")), 3),
  );
  const tiles = [];
  for (const tile of await phoneTiles()) {
    const path = join(scratch, "tile.heic");
    execFileSync("heif-enc", ["-q", "90", "-o", path, await scratchFile("tile.png", tile)]);
    tiles.push(readFileSync(path));
  }
  await save("heic-grid.heic", heifGrid(tiles, { width: 80, height: 120, turns: 3 }));
}

async function tiffs() {
  await save("tiff-lzw.tif", picture().tiff({ compression: "lzw" }).toBuffer());
  await save("tiff-jpeg.tif", picture().tiff({ compression: "jpeg", quality: 95 }).toBuffer());
  await save(
    "tiff-16bit.tif",
    picture().toColourspace("rgb16").tiff({ compression: "deflate" }).toBuffer(),
  );
  await save("tiff-alpha.tif", picture({ hole: true }).tiff({ compression: "deflate" }).toBuffer());
  await save("tiff-p3.tif", picture().withIccProfile("p3").tiff({ compression: "lzw" }).toBuffer());
  await save(
    "tiff-turned.tif",
    (await turned(6))
      .withMetadata({ orientation: 6 })
      .tiff({ compression: "none", tile: true, tileWidth: 64, tileHeight: 64 })
      .toBuffer(),
  );
  const plain = await scratchFile("plain.png", picture().png());
  const black = await scratchFile("black.png", otherFrame().png());
  const cmyk = ["-colorspace", "CMYK", "-compress", "zip", join(folder, "tiff-cmyk.tif")];
  execFileSync("convert", [plain, ...cmyk]);
  execFileSync("convert", [plain, black, "-compress", "zip", join(folder, "tiff-pages.tif")]);
}

async function tiffsByHand() {
  for (const [name, file] of await tiffVariants()) await save(`tiff-${name}.tif`, file);
}

async function rare() {
  for (const [name, file] of await rareFiles()) await save(name, file);
}

/** What writers get wrong, made of the files above; needs no tool. */
async function oddFiles() {
  const made = (/** @type {string} */ name) => readFileSync(join(folder, name));
  const size = { width: 120, height: 80 };
  await save("gif-small-frame.gif", withLargerScreen(made("gif.gif")));
  await save("gif-wide-codes.gif", gifWithWideCodes({ width: 24, height: 16 }));
  await save("webp-small-frame.webp", withLargerCanvas(made("webp-animated.webp")));
  await save("bmp-gaps.bmp", bitmapWithGaps(size));
  await save("bare.dib", made("bmp.bmp").subarray(14));
  await save("jpeg-filler.jpg", withFiller(made("jpeg-baseline.jpg")));
  await save("jpeg-short-segment.jpg", withShortSegment(made("jpeg-baseline.jpg")));
  const words = '<x:xmpmeta xmlns:x="adobe:ns:meta/" hdrgm:Version="1.0"/>';
  const xmp = Buffer.from(`http://ns.adobe.com/xap/1.0/\0${words}`, "latin1");
  await save("jpeg-gain-map.jpg", withJpegSegment(made("jpeg-baseline.jpg"), 0xe1, xmp));
  const side = 16;
  const small = await picture({ width: side, height: side, hole: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  await save(
    "icon-wrong-size.ico",
    withWrongDirectory(iconFile([{ side, data: iconBitmap(small) }])),
  );
  await save("drawing-label.svg", Buffer.from(drawingWithLabel()));
  await save("drawing-packed.svgz", gzipSync(made("drawing.svg")));
  await save("avif-small.avif", smallAvif(made("avif.avif"), { ...size, chroma: 3 }));
  await save("avif-pq.avif", withHighRange(made("avif.avif")));
  const tile = withHighRange(made("heic.heic"));
  const tiles = [tile, tile, tile, tile];
  await save("heic-grid-pq.heic", heifGrid(tiles, { width: 240, height: 160, turns: 0 }));
}

const groups = {
  jpegs,
  pngs,
  "webps-and-gifs": webpsAndGifs,
  "bitmaps-and-icons": bitmapsAndIcons,
  drawings,
  avifs,
  heics,
  tiffs,
  "odd-files": oddFiles,
  "tiffs-by-hand": tiffsByHand,
  rare,
};
const wanted = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
for (const [name, make] of Object.entries(groups))
  if (wanted.length === 0 || wanted.includes(name)) await make();
rmSync(scratch, { recursive: true });
