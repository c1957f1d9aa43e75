// @ts-check

/** @typedef {{ type: string, start: number, end: number }} Box  offsets of the whole box */

/** @param {Buffer} file @returns {Box} the whole file, as if it were a box */
export function wholeFile(file) {
  return { type: "", start: -8, end: file.length };
}

/** @param {Buffer} file @param {Box} parent @returns {Box[]} */
export function boxesIn(file, parent) {
  const boxes = [];
  for (let start = parent.start + 8; start + 8 <= parent.end;) {
    const end = start + file.readUInt32BE(start);
    boxes.push({ type: file.toString("latin1", start + 4, start + 8), start, end });
    start = end;
  }
  return boxes;
}

/** @param {Buffer} file @param {Box} parent @param {string} type */
export function childOf(file, parent, type) {
  const box = boxesIn(file, parent).find((each) => each.type === type);
  if (box === undefined) throw new Error(`no ${type} box`);
  return box;
}

/** @param {Buffer} file @returns {Box} the box of metadata; its children follow four bytes of version and flags */
export function metaOf(file) {
  const meta = childOf(file, wholeFile(file), "meta");
  return { ...meta, start: meta.start + 4 };
}
