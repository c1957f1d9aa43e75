/** What is known and wanted about a body besides its bound. */
export interface BodyPlan {
  /**
   * The length it claims. With it, chunks are written straight to their place instead of being gathered and
   * joined.
   */
  expectedBytes?: number;
  /** Ends the reading with a rejection. */
  signal?: AbortSignal;
}

/**
 * Reads a body to its end, or returns null as soon as it exceeds `mostBytes`, whatever a Content-Length
 * claims. Rejects if the stream does, for instance because its sender leaves.
 */
export async function readBounded(
  body: ReadableStream<Uint8Array> | null,
  mostBytes: number,
  { expectedBytes = 0, signal }: BodyPlan = {},
): Promise<Buffer | null> {
  if (body === null) return Buffer.alloc(0);
  const target = Buffer.allocUnsafeSlow(Math.min(expectedBytes, mostBytes));
  const beyond: Uint8Array[] = [];
  let bytes = 0;
  const reader = body.getReader();
  // Not awaited: a sender that never stops must not delay its refusal.
  const giveUp = (): void => {
    reader.cancel().catch(() => {});
  };
  signal?.addEventListener("abort", giveUp, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      // A cancelled reader says "done" as well.
      signal?.throwIfAborted();
      if (done) break;
      if (bytes + value.byteLength > mostBytes) {
        giveUp();
        return null;
      }
      if (beyond.length === 0 && bytes + value.byteLength <= target.byteLength)
        target.set(value, bytes);
      else beyond.push(value);
      bytes += value.byteLength;
    }
  } finally {
    signal?.removeEventListener("abort", giveUp);
  }
  if (beyond.length === 0) return target.subarray(0, bytes);
  const inTarget = bytes - beyond.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  return Buffer.concat([target.subarray(0, inTarget), ...beyond]);
}
