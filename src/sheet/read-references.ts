import type { OfferedReference } from "#src/state/pictures/intake.ts";

// Any version: the service's own samples name images by UUIDs that are not version 4.
const IMAGE_UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** What a text with one address per line contains. */
export interface ReadReferences {
  references: OfferedReference[];
  /** Lines that are neither a web address nor an image UUID. */
  unread: string[];
}

/** Reads web addresses and Runware image UUIDs, one per line; each is taken once. */
export function readReferences(text: string): ReadReferences {
  const lines = new Set(
    text
      .split(/[\r\n]+/u)
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#")),
  );
  const read: ReadReferences = { references: [], unread: [] };
  for (const line of lines) {
    const reference = referenceOf(line);
    if (reference === null) read.unread.push(line);
    else read.references.push(reference);
  }
  return read;
}

/** Identifies a reference, to tell whether a sheet already has it. */
export function referenceKey(reference: OfferedReference): string {
  return reference.kind === "url" ? reference.url : reference.imageUuid.toLowerCase();
}

function referenceOf(line: string): OfferedReference | null {
  if (IMAGE_UUID.test(line)) return { kind: "runware", imageUuid: line.toLowerCase() };
  if (!URL.canParse(line)) return null;
  const { protocol, username, href } = new URL(line);
  if ((protocol !== "https:" && protocol !== "http:") || username !== "") return null;
  return { kind: "url", url: href, title: null };
}
