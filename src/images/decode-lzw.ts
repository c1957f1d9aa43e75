const clearCode = 256;
const endCode = 257;
const mostCodes = 4_096;

/**
 * Decompresses TIFF's variant of LZW (TIFF 6.0, section 13) up to `mostBytes`. What came out before
 * damaged or cut data is kept; the rest stays zero.
 */
export function decodeLzw(data: Uint8Array, mostBytes: number): Uint8Array {
  const output = new Uint8Array(mostBytes);
  // A code stands for the string of another code and one more byte; strings are found by where they were last written.
  const startOf = new Uint32Array(mostCodes);
  const lengthOf = new Uint32Array(mostCodes);
  const nextCode = codeReader(data);
  let codes = endCode + 1;
  let bits = 9;
  let at = 0;
  let previous = -1;
  let previousStart = 0;
  while (at < mostBytes) {
    const code = nextCode(bits);
    if (code === -1 || code === endCode) break;
    if (code === clearCode) {
      codes = endCode + 1;
      bits = 9;
      previous = -1;
      continue;
    }
    // The one code that may be used before it is made: the previous string and its own first byte.
    if (code > codes || (code >= codes && previous === -1) || (previous === -1 && code > 255))
      break;
    const start = at;
    if (previous !== -1 && codes < mostCodes) {
      startOf[codes] = previousStart;
      lengthOf[codes] = start - previousStart + 1;
      codes += 1;
    }
    if (code < clearCode) {
      output[at] = code;
      at += 1;
    } else {
      const from = startOf[code] ?? 0;
      const length = lengthOf[code] ?? 0;
      // Byte by byte, since a string may overlap itself.
      for (let index = 0; index < length && at < mostBytes; index += 1) {
        output[at] = output[from + index] ?? 0;
        at += 1;
      }
    }
    previous = code;
    previousStart = start;
    // TIFF widens its codes one entry early.
    if (codes >= 2 ** bits - 1 && bits < 12) bits += 1;
  }
  return output;
}

/** Reads codes from the highest bit down; -1 at the end. */
function codeReader(data: Uint8Array): (bits: number) => number {
  let offset = 0;
  let held = 0;
  let heldBits = 0;
  return (bits) => {
    while (heldBits < bits) {
      if (offset >= data.length) return -1;
      held = ((held << 8) | (data[offset] ?? 0)) & 0xfffff;
      offset += 1;
      heldBits += 8;
    }
    heldBits -= bits;
    return (held >>> heldBits) & (2 ** bits - 1);
  };
}
