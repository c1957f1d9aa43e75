/** A view of exactly these bytes. Reads past the end throw RangeError, which header readers take for "cut short". */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Bytes as Latin-1 text; shorter than asked if the data ends. */
export function textAt(bytes: Uint8Array, offset: number, length: number): string {
  let text = "";
  const end = Math.min(bytes.length, offset + length);
  for (let index = offset; index < end; index += 1) text += String.fromCharCode(bytes[index] ?? 0);
  return text;
}

/** True if the Latin-1 text is at the offset. */
export function hasTextAt(bytes: Uint8Array, offset: number, text: string): boolean {
  return textAt(bytes, offset, text.length) === text;
}

/** Where a Latin-1 text first occurs, or -1. */
export function indexOfText(bytes: Uint8Array, text: string): number {
  const first = text.charCodeAt(0);
  let index = bytes.indexOf(first);
  while (index !== -1) {
    if (hasTextAt(bytes, index, text)) return index;
    index = bytes.indexOf(first, index + 1);
  }
  return -1;
}

/** Text as XML would read it: in the encoding of its byte-order mark, or the one that it names, otherwise UTF-8. */
export function decodeXmlText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

function encodingOf(bytes: Uint8Array): string {
  if (hasTextAt(bytes, 0, "\xff\xfe") || hasTextAt(bytes, 0, "<\0")) return "utf-16le";
  if (hasTextAt(bytes, 0, "\xfe\xff") || hasTextAt(bytes, 0, "\0<")) return "utf-16be";
  const named = /^<\?xml\b[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/.exec(
    textAt(bytes, 0, 200),
  )?.[1];
  // What says so in single bytes is not made of pairs.
  if (named === undefined || /^utf-?16/i.test(named)) return "utf-8";
  try {
    return new TextDecoder(named).encoding;
  } catch {
    return "utf-8";
  }
}
