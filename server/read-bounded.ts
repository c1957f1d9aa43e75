/**
 * Reads a body to its end, or gives null as soon as it passes `mostBytes`, whatever a Content-Length claims.
 * Rejects as the stream does, for instance when its sender leaves.
 */
export async function readBounded(
  body: ReadableStream<Uint8Array> | null,
  mostBytes: number,
): Promise<Buffer | null> {
  if (body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    bytes += value.byteLength;
    if (bytes > mostBytes) {
      // Not awaited: a sender that never stops must not hold up its refusal.
      reader.cancel().catch(() => {});
      return null;
    }
    chunks.push(value);
  }
}
