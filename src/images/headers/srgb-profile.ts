/** X, Y and Z of D50, the white of every profile, and of sRGB's primaries adapted to it (ICC.1:2022 and IEC 61966-2-1). */
const points: readonly (readonly [name: string, values: readonly number[]])[] = [
  ["wtpt", [0.9642, 1, 0.8249]],
  ["rXYZ", [0.43607, 0.22249, 0.01392]],
  ["gXYZ", [0.38515, 0.71687, 0.09708]],
  ["bXYZ", [0.14307, 0.06061, 0.7141]],
];
/** The curve of sRGB as ICC's parametric type 3: exponent, a, b, c and d. */
const curve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];

const TABLE_AT = 128;
const ENTRY_BYTES = 12;

/** An ICC profile of sRGB (version 4, matrix and curve), for what converts pixels to it. */
export function srgbProfile(): Uint8Array<ArrayBuffer> {
  const elements = [
    { names: ["desc"], data: textElement("sRGB") },
    { names: ["cprt"], data: textElement("CC0") },
    ...points.map(([name, values]) => ({ names: [name], data: pointElement(values) })),
    { names: ["rTRC", "gTRC", "bTRC"], data: curveElement() },
  ];
  const count = elements.reduce((sum, { names }) => sum + names.length, 0);
  const start = TABLE_AT + 4 + count * ENTRY_BYTES;
  const length = elements.reduce((sum, { data }) => sum + data.length, start);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, length);
  view.setUint32(8, 0x0420_0000);
  writeText(bytes, 12, "mntrRGB XYZ ");
  writeText(bytes, 36, "acsp");
  writeNumbers(view, 68, points[0]?.[1] ?? []);
  view.setUint32(TABLE_AT, count);
  let entryAt = TABLE_AT + 4;
  let dataAt = start;
  for (const { names, data } of elements) {
    for (const name of names) {
      writeText(bytes, entryAt, name);
      view.setUint32(entryAt + 4, dataAt);
      view.setUint32(entryAt + 8, data.length);
      entryAt += ENTRY_BYTES;
    }
    bytes.set(data, dataAt);
    dataAt += data.length;
  }
  return bytes;
}

/** An element of a type with room for its values, in whole groups of four bytes. */
function element(type: string, valueBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil((8 + valueBytes) / 4) * 4);
  writeText(bytes, 0, type);
  return bytes;
}

function textElement(text: string): Uint8Array {
  const bytes = element("mluc", 20 + 2 * text.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(8, 1);
  view.setUint32(12, 12);
  writeText(bytes, 16, "enUS");
  view.setUint32(20, 2 * text.length);
  view.setUint32(24, 28);
  for (let index = 0; index < text.length; index += 1)
    view.setUint16(28 + 2 * index, text.charCodeAt(index));
  return bytes;
}

function pointElement(values: readonly number[]): Uint8Array {
  const bytes = element("XYZ ", 12);
  writeNumbers(new DataView(bytes.buffer), 8, values);
  return bytes;
}

function curveElement(): Uint8Array {
  const bytes = element("para", 4 + 4 * curve.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(8, 3);
  writeNumbers(view, 12, curve);
  return bytes;
}

/** Numbers of 16 bits before and 16 behind the point. */
function writeNumbers(view: DataView, offset: number, numbers: readonly number[]): void {
  for (const [index, value] of numbers.entries())
    view.setInt32(offset + 4 * index, Math.round(value * 65_536));
}

function writeText(bytes: Uint8Array, offset: number, text: string): void {
  for (let index = 0; index < text.length; index += 1)
    bytes[offset + index] = text.charCodeAt(index);
}
