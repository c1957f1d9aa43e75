// Spreading more than some ten thousand numbers into a call overflows the stack in some engines.
const CHUNK_BYTES = 0x2000;

/** Bytes as base64, for data URIs. */
export function bytesToBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES));
  return btoa(binary);
}
