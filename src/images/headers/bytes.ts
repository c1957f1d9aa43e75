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

/** Text as XML would read it: UTF-16 if its byte-order mark says so, otherwise UTF-8. */
export function decodeXmlText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder().decode(bytes);
}
