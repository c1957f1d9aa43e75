import type { BodyTrouble } from "./failure-of-error.ts";

/** A reply's body: its JSON, or what is wrong with it. */
export type Body = { kind: "json"; value: unknown } | { kind: "trouble"; detail: BodyTrouble };

// A reply holds texts, never pictures: the longest are a few kB. Anything larger is not the
// service's.
const MOST_BYTES = 4 * 1024 * 1024;

/** Reads a body to its end, up to 4 MiB. Rejects only if the connection is cut off. */
export async function readBody(response: Response): Promise<Body> {
  const text = await readText(response);
  if (text === null) return { kind: "trouble", detail: "unexpected-shape" };
  const trimmed = text.trim();
  if (trimmed === "") return { kind: "trouble", detail: "empty" };
  if (trimmed.startsWith("<")) return { kind: "trouble", detail: "html" };
  try {
    const value: unknown = JSON.parse(trimmed);
    return { kind: "json", value };
  } catch {
    return { kind: "trouble", detail: "broken-json" };
  }
}

async function readText(response: Response): Promise<string | null> {
  if (response.body === null) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- a stream is read in order
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MOST_BYTES) {
      // Not awaited: a stream that never ends may never confirm either.
      reader.cancel().catch(() => undefined);
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}
