import { hasTextAt, textAt, viewOf } from "./bytes.ts";

/** The datasets of IPTC-IIM 4.2 that hold words about the picture. Texts are trimmed; null or empty if absent. */
export interface IptcWords {
  /** 2:120, caption/abstract. */
  caption: string | null;
  /** 2:05, object name. */
  title: string | null;
  /** 2:25, each once. */
  keywords: readonly string[];
}

// Resource 0x0404 holds IPTC data (Adobe Photoshop File Formats Specification, image resource IDs).
const IPTC_RESOURCE = 0x0404;
const MOST_DATASETS = 2_000;

/** The IPTC data among Photoshop's image resources, which begin with "8BIM"; null if there is none. */
export function iptcIn(resources: Uint8Array): Uint8Array | null {
  return photoshopResources(resources).get(IPTC_RESOURCE) ?? null;
}

/** Photoshop's image resources by number; of equal numbers the first. What is broken ends the reading. */
export function photoshopResources(bytes: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  const view = viewOf(bytes);
  let at = 0;
  while (at + 12 <= bytes.length && hasTextAt(bytes, at, "8BIM") && found.size < MOST_DATASETS) {
    const id = view.getUint16(at + 4);
    // A name with its length in front; both the name and the data are padded to an even length.
    const nameLength = view.getUint8(at + 6) + 1;
    const sizeAt = at + 6 + nameLength + (nameLength % 2);
    if (sizeAt + 4 > bytes.length) break;
    const size = view.getUint32(sizeAt);
    if (!found.has(id)) found.set(id, bytes.subarray(sizeAt + 4, sizeAt + 4 + size));
    at = sizeAt + 4 + size + (size % 2);
  }
  return found;
}

/** Reads IPTC data (IIM 4.2, chapter 3). What is broken ends the reading; what came before counts. */
export function readIptc(bytes: Uint8Array | null): IptcWords | null {
  if (bytes === null) return null;
  const view = viewOf(bytes);
  const values = new Map<number, Uint8Array[]>();
  let isUtf8 = false;
  let at = 0;
  for (let count = 0; count < MOST_DATASETS && at + 5 <= bytes.length; count += 1) {
    if (view.getUint8(at) !== 0x1c) break;
    const [record, dataset] = [view.getUint8(at + 1), view.getUint8(at + 2)];
    const length = view.getUint16(at + 3);
    // Longer than 32 kB: no words about a picture.
    if (length >= 0x8000 || at + 5 + length > bytes.length) break;
    const value = bytes.subarray(at + 5, at + 5 + length);
    // 1:90 names the character set; ESC % G is UTF-8.
    if (record === 1 && dataset === 90) isUtf8 = textAt(value, 0, 3) === "\u001b%G";
    if (record === 2) values.set(dataset, [...(values.get(dataset) ?? []), value]);
    at += 5 + length;
  }
  const textsOf = (dataset: number): string[] =>
    (values.get(dataset) ?? [])
      .map((value) => decoded(value, isUtf8).replaceAll("\0", " ").trim())
      .filter((text) => text !== "");
  return {
    caption: textsOf(120)[0] ?? null,
    title: textsOf(5)[0] ?? null,
    keywords: [...new Set(textsOf(25))],
  };
}

/** Text in UTF-8 or, if it is none and nothing says that it should be, in the Latin letters of Windows. */
export function decoded(bytes: Uint8Array, isUtf8 = false): string {
  try {
    return new TextDecoder("utf-8", { fatal: !isUtf8 }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
