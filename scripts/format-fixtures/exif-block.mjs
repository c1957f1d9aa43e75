// @ts-check

/**
 * @typedef {{ tag: number, type: 2 | 3 | 4 | 5, values: string | number[] }} Tag
 */

/** @type {Record<number, number>} */
const bytesOfType = { 2: 1, 3: 2, 4: 4, 5: 8 };

/**
 * Writes EXIF data as a phone does: camera, date, place, orientation, and a thumbnail.
 * @param {{ orientation: number, thumbnail?: Buffer, littleEndian?: boolean }} options
 * @returns {Buffer} a TIFF structure, without the mark that JPEG puts before it
 */
export function exifBlock({ orientation, thumbnail = Buffer.alloc(0), littleEndian = true }) {
  /** @param {number} exifAt @param {number} gpsAt @param {number} thumbnailAt @returns {Tag[][]} */
  const directories = (exifAt, gpsAt, thumbnailAt) => [
    [
      { tag: 0x010f, type: 2, values: "Lightbox" },
      { tag: 0x0110, type: 2, values: "Lightbox Two" },
      { tag: 0x0112, type: 3, values: [orientation] },
      { tag: 0x8769, type: 4, values: [exifAt] },
      { tag: 0x8825, type: 4, values: [gpsAt] },
    ],
    [{ tag: 0x9003, type: 2, values: "2024:05:17 18:30:12" }],
    [
      { tag: 0x0001, type: 2, values: "N" },
      { tag: 0x0002, type: 5, values: [52, 1, 31, 1, 12, 1] },
      { tag: 0x0003, type: 2, values: "E" },
      { tag: 0x0004, type: 5, values: [13, 1, 24, 1, 18, 1] },
    ],
    [
      { tag: 0x0103, type: 3, values: [6] },
      { tag: 0x0201, type: 4, values: [thumbnailAt] },
      { tag: 0x0202, type: 4, values: [thumbnail.length] },
    ],
  ];
  const lengths = directories(0, 0, 0).map(directoryBytes);
  const starts = lengths.map((_, index) => 8 + sum(lengths.slice(0, index)));
  const end = 8 + sum(lengths);
  const [main = 8, exif = 0, gps = 0, small = 0] = starts;
  const block = Buffer.alloc(end);
  const writer = numberWriter(block, littleEndian);
  block.write(littleEndian ? "II" : "MM", 0, "latin1");
  writer(2, 2, 42);
  writer(4, 4, main);
  for (const [index, tags] of directories(exif, gps, end).entries()) {
    const next = index === 0 && thumbnail.length > 0 ? small : 0;
    writeDirectory(block, writer, { tags, at: starts[index] ?? 0, next });
  }
  return Buffer.concat([block, thumbnail]);
}

/** @param {Tag} tag */
function valueCount({ values }) {
  return typeof values === "string" ? values.length + 1 : values.length;
}

/** @param {Tag} tag */
function valueBytes(tag) {
  // A rational is two numbers of four bytes each.
  const bytes = tag.type === 5 ? 4 : (bytesOfType[tag.type] ?? 1);
  return valueCount(tag) * bytes;
}

/** @param {Tag[]} tags */
function directoryBytes(tags) {
  return 2 + tags.length * 12 + 4 + sum(tags.map(valueBytes).filter((bytes) => bytes > 4));
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/** @param {Buffer} block @param {boolean} littleEndian */
function numberWriter(block, littleEndian) {
  return (/** @type {number} */ at, /** @type {number} */ bytes, /** @type {number} */ value) => {
    if (littleEndian) block.writeUIntLE(value, at, bytes);
    else block.writeUIntBE(value, at, bytes);
  };
}

/**
 * @param {Buffer} block
 * @param {ReturnType<typeof numberWriter>} write
 * @param {{ tags: Tag[], at: number, next: number }} directory
 */
function writeDirectory(block, write, { tags, at, next }) {
  write(at, 2, tags.length);
  let valuesAt = at + 2 + tags.length * 12 + 4;
  write(valuesAt - 4, 4, next);
  for (const [index, tag] of tags.entries()) {
    const entryAt = at + 2 + index * 12;
    write(entryAt, 2, tag.tag);
    write(entryAt + 2, 2, tag.type);
    write(entryAt + 4, 4, tag.type === 5 ? valueCount(tag) / 2 : valueCount(tag));
    const bytes = valueBytes(tag);
    const target = bytes > 4 ? valuesAt : entryAt + 8;
    if (bytes > 4) {
      write(entryAt + 8, 4, valuesAt);
      valuesAt += bytes;
    }
    if (typeof tag.values === "string") block.write(`${tag.values}\0`, target, "latin1");
    else
      for (const [place, value] of tag.values.entries()) {
        const each = tag.type === 5 ? 4 : (bytesOfType[tag.type] ?? 1);
        write(target + place * each, each, value);
      }
  }
}
