// @ts-check
import { boxesIn, childOf, metaOf, wholeFile } from "./heif-boxes.mjs";

const TILES_START_AT_ID = 2;
const GRID_ID = 1;

/**
 * A picture put together from four tiles, two by two, as phones write large HEIC files (ISO/IEC 23008-12, 6.6.2.3).
 * @param {readonly Buffer[]} tiles HEIC files of one square picture each, in reading order
 * @param {{ width: number, height: number, turns: number }} look pixels as they lie in the file, which the tiles may
 *   exceed, and quarter turns anticlockwise that make them upright
 */
export function heifGrid(tiles, { width, height, turns }) {
  const parts = tiles.map(tileOf);
  const [first] = parts;
  if (first === undefined) throw new Error("no tiles");
  const ids = parts.map((_, index) => TILES_START_AT_ID + index);
  const properties = [
    sizeBox(width, height),
    box("irot", Buffer.from([turns])),
    ...first.properties,
  ];
  const shared = first.properties.map((_, index) => 3 + index);
  const grid = Buffer.from([0, 0, 1, 1, ...uint(width, 2), ...uint(height, 2)]);
  /** @param {number} dataAt */
  const metaWith = (dataAt) =>
    fullBox("meta", [
      first.handler,
      fullBox("pitm", [uint(GRID_ID, 2)]),
      locations(parts, grid, dataAt),
      fullBox("iinf", [
        uint(1 + ids.length, 2),
        itemInfo(GRID_ID, "grid", false),
        ...ids.map((id) => itemInfo(id, "hvc1", true)),
      ]),
      fullBox("iref", [
        box("dimg", Buffer.concat([GRID_ID, ids.length, ...ids].map((id) => uint(id, 2)))),
      ]),
      box(
        "iprp",
        Buffer.concat([
          box("ipco", Buffer.concat(properties)),
          fullBox("ipma", [
            uint(1 + ids.length, 4),
            associations(GRID_ID, [1, 2]),
            ...ids.map((id) => associations(id, shared)),
          ]),
        ]),
      ),
      box("idat", grid),
    ]);
  const dataAt = first.fileType.length + metaWith(0).length + 8;
  const data = Buffer.concat(parts.map((part) => part.data));
  return Buffer.concat([first.fileType, metaWith(dataAt), box("mdat", data)]);
}

/**
 * The parts of a one-picture file that go into a grid: its coded data and the properties it is decoded
 * with.
 * @param {Buffer} file
 */
function tileOf(file) {
  const meta = metaOf(file);
  const location = childOf(file, meta, "iloc");
  const container = childOf(file, childOf(file, meta, "iprp"), "ipco");
  const data = childOf(file, wholeFile(file), "mdat");
  // heif-enc writes one item with one extent: its length ends the box.
  const length = file.readUInt32BE(location.end - 4);
  return {
    fileType: sliceOf(file, childOf(file, wholeFile(file), "ftyp")),
    handler: sliceOf(file, childOf(file, meta, "hdlr")),
    properties: boxesIn(file, container).map((property) => sliceOf(file, property)),
    data: file.subarray(data.start + 8, data.start + 8 + length),
  };
}

/** @param {readonly { data: Buffer }[]} parts @param {Buffer} grid @param {number} dataAt */
function locations(parts, grid, dataAt) {
  let at = dataAt;
  const entries = parts.map(({ data }, index) => {
    const entry = [TILES_START_AT_ID + index, 0, 0, 1].map((value) => uint(value, 2));
    const extent = [uint(at, 4), uint(data.length, 4)];
    at += data.length;
    return Buffer.concat([...entry, ...extent]);
  });
  // The grid's own eight bytes lie in the metadata: construction method 1.
  const own = [GRID_ID, 1, 0, 1].map((value) => uint(value, 2));
  return fullBox(
    "iloc",
    [
      Buffer.from([0x44, 0]),
      uint(1 + parts.length, 2),
      Buffer.concat([...own, uint(0, 4), uint(grid.length, 4)]),
      ...entries,
    ],
    1,
  );
}

/** @param {number} id @param {string} type @param {boolean} isHidden */
function itemInfo(id, type, isHidden) {
  const fields = [uint(id, 2), uint(0, 2), Buffer.from(`${type}\0`, "latin1")];
  return fullBox("infe", fields, 2, isHidden ? 1 : 0);
}

/** @param {number} id @param {readonly number[]} places of properties, from 1; all of them essential */
function associations(id, places) {
  return Buffer.from([...uint(id, 2), places.length, ...places.map((place) => 0x80 | place)]);
}

/** @param {number} width @param {number} height */
function sizeBox(width, height) {
  return fullBox("ispe", [uint(width, 4), uint(height, 4)]);
}

/** @param {string} type @param {readonly Buffer[]} parts @param {number} version @param {number} flags */
function fullBox(type, parts, version = 0, flags = 0) {
  return box(type, Buffer.concat([Buffer.from([version, ...uint(flags, 3)]), ...parts]));
}

/** @param {string} type @param {Buffer} content */
function box(type, content) {
  return Buffer.concat([uint(8 + content.length, 4), Buffer.from(type, "latin1"), content]);
}

/** @param {Buffer} file @param {import("./heif-boxes.mjs").Box} part */
function sliceOf(file, { start, end }) {
  return file.subarray(start, end);
}

/** @param {number} value @param {number} bytes */
function uint(value, bytes) {
  const made = Buffer.alloc(bytes);
  made.writeUIntBE(value, 0, bytes);
  return made;
}
