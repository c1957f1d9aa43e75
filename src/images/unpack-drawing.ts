import { FailureError } from "#src/domain/failure.ts";
import { textAt } from "./headers/bytes.ts";
import { unreadable } from "./headers/picture-header.ts";
import { sniff, sniffBytes } from "./sniff.ts";

/** More than any drawing that a browser draws in its ten seconds. */
const mostBytes = 50_000_000;

/**
 * The drawing in a compressed file (svgz), or the bytes themselves if they are not compressed. What is no drawing after
 * a few kilobytes is not unpacked any further. Throws FailureError.
 */
export async function unpackDrawing(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  let isDrawing = false;
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const reader = unpacked.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (value !== undefined) {
        parts.push(value);
        length += value.length;
      }
      if (!isDrawing && (done || length >= sniffBytes)) {
        const sniffed = sniff(new Uint8Array(await new Blob(parts).arrayBuffer()));
        isDrawing = sniffed.kind === "picture" && sniffed.format === "svg";
        if (!isDrawing) throw new FailureError({ kind: "unsupported-format", format: "gzip" });
      }
      if (length > mostBytes)
        throw new FailureError({
          kind: "too-large",
          what: "bytes",
          found: length,
          limit: mostBytes,
        });
      if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
    }
  } catch (thrown) {
    if (thrown instanceof FailureError) throw thrown;
    // Something may follow the packed part, or its sum be wrong, and the drawing whole.
    const there = new Uint8Array(await new Blob(parts).arrayBuffer());
    if (/<\/(?:\w+:)?svg\s*>\s*$/.test(textAt(there, Math.max(0, length - 64), 64))) return there;
    throw unreadable("damaged");
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
