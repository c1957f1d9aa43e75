import { textAt, viewOf } from "./bytes.ts";
import { damaged } from "./picture-header.ts";

/** A box of the ISO base media file format (ISO/IEC 14496-12, section 4.2). */
export interface IsoBox {
  type: string;
  data: Uint8Array;
  /** It claims to be longer than the data it is in. */
  cutShort: boolean;
}

export interface IsoItem {
  id: number;
  type: string;
  hidden: boolean;
  /** Of items of type "mime"; "" for others. */
  contentType: string;
}

interface ItemReference {
  type: string;
  from: number;
  to: readonly number[];
}

/** The items of a meta box (ISO/IEC 14496-12, section 8.11). */
export interface ItemTable {
  primary: number;
  all: readonly IsoItem[];
  references: readonly ItemReference[];
  properties: readonly IsoBox[];
  propertiesOf(item: number): readonly IsoBox[];
  /** An item's bytes; null if they are elsewhere than in the file or its meta box, or in several pieces. */
  dataOf(item: IsoItem, file: Uint8Array): Uint8Array | null;
  /** The share of an item's bytes that is there, 0–1; 1 if it isn't known how many there should be. */
  shareOf(item: number, file: Uint8Array): number;
}

/** More boxes or items than any picture has; forged counts must not cost time. */
const most = 10_000;

/** The boxes side by side between two offsets. */
export function boxesIn(bytes: Uint8Array, start: number, end: number): readonly IsoBox[] {
  const view = viewOf(bytes);
  const boxes: IsoBox[] = [];
  let offset = start;
  while (offset + 8 <= end && boxes.length < most) {
    let length = view.getUint32(offset);
    let headerBytes = 8;
    if (length === 1 && offset + 16 <= end) {
      length = Number(view.getBigUint64(offset + 8));
      headerBytes = 16;
    } else if (length === 0) length = end - offset;
    if (length < headerBytes) throw damaged();
    boxes.push({
      type: textAt(bytes, offset + 4, 4),
      data: bytes.subarray(offset + headerBytes, Math.min(end, offset + length)),
      cutShort: offset + length > end,
    });
    offset += length;
  }
  return boxes;
}

/** The first box of a type directly inside another. */
export function findBox(parent: IsoBox, type: string): IsoBox | undefined {
  return boxesIn(parent.data, 0, parent.data.length).find((box) => box.type === type);
}

/** Reads what a picture file's meta box says about its items. */
export function readItems(meta: IsoBox): ItemTable {
  const boxes = boxesIn(meta.data, 4, meta.data.length);
  const boxOf = (type: string): IsoBox | undefined => boxes.find((box) => box.type === type);
  const primaryBox = boxOf("pitm");
  const propertyBox = boxOf("iprp");
  if (primaryBox === undefined || propertyBox === undefined) throw damaged();
  const container = findBox(propertyBox, "ipco");
  const properties =
    container === undefined ? [] : boxesIn(container.data, 0, container.data.length);
  const associations = readAssociations(propertyBox);
  const locations = readLocations(boxOf("iloc"));
  const inlineData = boxOf("idat")?.data;
  const view = viewOf(primaryBox.data);
  return {
    primary: view.getUint8(0) === 0 ? view.getUint16(4) : view.getUint32(4),
    all: readItemInfos(boxOf("iinf")),
    references: readReferences(boxOf("iref")),
    properties,
    propertiesOf: (item) =>
      (associations.get(item) ?? []).flatMap((index) => properties[index - 1] ?? []),
    shareOf: (item, file) => {
      const location = locations.get(item);
      if (location === undefined || location.length === 0) return 1;
      const there = (location.inline ? inlineData : file)?.length ?? 0;
      return Math.min(1, Math.max(0, there - location.offset) / location.length);
    },
    dataOf: ({ id }, file) => {
      const location = locations.get(id);
      if (location === undefined) return null;
      const whole = location.inline ? inlineData : file;
      return whole?.subarray(location.offset, location.offset + location.length) ?? null;
    },
  };
}

/** A cursor over whole numbers of changing width, big-endian. */
function reader(
  data: Uint8Array,
  start: number,
): { next(bytes: number): number; offset(): number } {
  const view = viewOf(data);
  let offset = start;
  return {
    offset: () => offset,
    next(bytes) {
      let value = 0;
      for (let index = 0; index < bytes; index += 1)
        value = value * 256 + view.getUint8(offset + index);
      offset += bytes;
      return value;
    },
  };
}

function readItemInfos(box: IsoBox | undefined): readonly IsoItem[] {
  if (box === undefined) return [];
  const firstAt = box.data[0] === 0 ? 6 : 8;
  return boxesIn(box.data, firstAt, box.data.length).flatMap(({ type, data }) => {
    const version = data[0] ?? 0;
    if (type !== "infe" || version < 2) return [];
    const fields = reader(data, 4);
    const id = fields.next(version === 2 ? 2 : 4);
    const typeAt = fields.offset() + 2;
    const itemType = textAt(data, typeAt, 4);
    const contentType = textAt(data, typeAt + 4, 64).split("\0")[1] ?? "";
    const hidden = ((data[3] ?? 0) & 1) === 1;
    return [{ id, type: itemType, hidden, contentType: itemType === "mime" ? contentType : "" }];
  });
}

function readReferences(box: IsoBox | undefined): readonly ItemReference[] {
  if (box === undefined) return [];
  const idBytes = box.data[0] === 0 ? 2 : 4;
  return boxesIn(box.data, 4, box.data.length).map(({ type, data }) => {
    const fields = reader(data, 0);
    const from = fields.next(idBytes);
    const count = Math.min(fields.next(2), most);
    return { type, from, to: Array.from({ length: count }, () => fields.next(idBytes)) };
  });
}

function readAssociations(propertyBox: IsoBox): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, readonly number[]>();
  const box = findBox(propertyBox, "ipma");
  if (box === undefined) return found;
  const idBytes = box.data[0] === 0 ? 2 : 4;
  const isWide = ((box.data[3] ?? 0) & 1) === 1;
  const fields = reader(box.data, 4);
  const count = Math.min(fields.next(4), most);
  for (let item = 0; item < count; item += 1) {
    const id = fields.next(idBytes);
    // The top bit says that a property is essential; the rest is its place in the list, from 1.
    const places = Array.from({ length: fields.next(1) }, () =>
      isWide ? fields.next(2) & 0x7fff : fields.next(1) & 0x7f,
    );
    found.set(id, places);
  }
  return found;
}

interface ItemLocation {
  inline: boolean;
  offset: number;
  length: number;
}

function readLocations(box: IsoBox | undefined): ReadonlyMap<number, ItemLocation> {
  const found = new Map<number, ItemLocation>();
  if (box === undefined) return found;
  const version = box.data[0] ?? 0;
  const fields = reader(box.data, 4);
  const [offsetAndLength, baseAndIndex] = [fields.next(1), fields.next(1)];
  const baseBytes = baseAndIndex >> 4;
  const indexBytes = version === 0 ? 0 : baseAndIndex & 15;
  const count = Math.min(fields.next(version < 2 ? 2 : 4), most);
  for (let item = 0; item < count; item += 1) {
    const id = fields.next(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : fields.next(2) & 15;
    fields.next(2);
    const base = fields.next(baseBytes);
    const extents = Math.min(fields.next(2), most);
    for (let extent = 0; extent < extents; extent += 1) {
      fields.next(indexBytes);
      const offset = base + fields.next(offsetAndLength >> 4);
      const length = fields.next(offsetAndLength & 15);
      if (extents === 1 && method < 2) found.set(id, { inline: method === 1, offset, length });
    }
  }
  return found;
}
