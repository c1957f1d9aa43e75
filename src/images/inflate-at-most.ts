/** Inflates a zlib stream up to `mostBytes`; what came out before an error or the end of cut data is kept. */
export async function inflateAtMost(data: Uint8Array, mostBytes: number): Promise<Uint8Array> {
  const inflated = new Uint8Array(mostBytes);
  const reader = new Blob([Uint8Array.from(data)])
    .stream()
    .pipeThrough(new DecompressionStream("deflate"))
    .getReader();
  let length = 0;
  try {
    while (length < mostBytes) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, mostBytes - length);
      inflated.set(part, length);
      length += part.length;
    }
    await reader.cancel();
  } catch {
    // Cut or damaged in the middle: the rest stays empty.
  }
  return inflated;
}
