// @ts-check
import { boxesIn, childOf, metaOf } from "./heif-boxes.mjs";

/** @typedef {import("./heif-boxes.mjs").Box} Box */

/**
 * Adds the property that turns a HEIF file's primary item, as phones write it (ISO/IEC 23008-12, 6.5.10).
 * @param {Buffer} file whose metadata comes before its data, with offsets of four bytes
 * @param {number} quarterTurns anticlockwise
 */
export function withHeifRotation(file, quarterTurns) {
  const rotation = Buffer.from([0, 0, 0, 9, ...Buffer.from("irot"), quarterTurns]);
  // A reader that does not know the property must not show the picture.
  return withHeifProperty(file, rotation, true);
}

/**
 * Adds the property that calls a HEIF file's colours BT.2020 with PQ (ISO/IEC 14496-12, 12.1.5).
 * @param {Buffer} file as above
 */
export function withHighRange(file) {
  const colours = Buffer.from([0, 9, 0, 16, 0, 9, 0x80]);
  const property = Buffer.concat([Buffer.from([0, 0, 0, 19]), Buffer.from("colrnclx"), colours]);
  return withHeifProperty(file, property, false);
}

/** @param {Buffer} file @param {Buffer} property @param {boolean} isEssential */
function withHeifProperty(file, property, isEssential) {
  const inMeta = metaOf(file);
  const meta = { ...inMeta, start: inMeta.start - 4 };
  const properties = childOf(file, inMeta, "iprp");
  const container = childOf(file, properties, "ipco");
  const associations = childOf(file, properties, "ipma");
  const primary = file.readUInt16BE(childOf(file, inMeta, "pitm").start + 12);
  const place = boxesIn(file, container).length + 1;
  const associationAt = associationsOf(file, associations, primary);
  const countAt = associationAt + 2;
  const lastAt = countAt + 1 + (file[countAt] ?? 0);
  const grown = Buffer.from(file);
  for (const box of [meta, properties, container]) grow(grown, box, property.length);
  for (const box of [meta, properties, associations]) grow(grown, box, 1);
  grown[countAt] = (grown[countAt] ?? 0) + 1;
  moveItems(grown, childOf(file, inMeta, "iloc"), property.length + 1);
  return Buffer.concat([
    grown.subarray(0, container.end),
    property,
    grown.subarray(container.end, lastAt),
    Buffer.from([(isEssential ? 0x80 : 0) | place]),
    grown.subarray(lastAt),
  ]);
}

/** @param {Buffer} file @param {Box} box @param {number} bytes */
function grow(file, box, bytes) {
  file.writeUInt32BE(file.readUInt32BE(box.start) + bytes, box.start);
}

/** @param {Buffer} file @param {Box} box @param {number} item @returns {number} where the item's entry begins */
function associationsOf(file, box, item) {
  let at = box.start + 16;
  while (file.readUInt16BE(at) !== item) at += 3 + (file[at + 2] ?? 0);
  return at;
}

/** @param {Buffer} file @param {Box} box @param {number} bytes */
function moveItems(file, box, bytes) {
  const baseBytes = (file[box.start + 13] ?? 0) >> 4;
  const version = file[box.start + 8] ?? 0;
  const items = file.readUInt16BE(box.start + 14);
  let at = box.start + 16;
  for (let item = 0; item < items; item += 1) {
    at += 2 + (version === 0 ? 0 : 2) + 2 + baseBytes;
    const extents = file.readUInt16BE(at);
    at += 2;
    for (let extent = 0; extent < extents; extent += 1) {
      file.writeUInt32BE(file.readUInt32BE(at) + bytes, at);
      at += 8;
    }
  }
}
