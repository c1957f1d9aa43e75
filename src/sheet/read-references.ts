import type { OfferedReference } from "#src/state/pictures/intake.ts";
import { viewerPageText } from "./viewer-pages.ts";

// Any version: the service's own samples name images by UUIDs that are not version 4.
const IMAGE_UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** What a list of addresses contains. */
export interface ReadReferences {
  references: OfferedReference[];
  /** Addresses of pages that show a picture, each with a sentence that says how to get the picture’s own. */
  pages: { address: string; text: string }[];
  /** Words that are neither a web address nor an image UUID. */
  unread: string[];
}

/**
 * Reads web addresses and Runware image UUIDs from a list, whatever lies between them: lines, commas, semicolons, spaces,
 * quotation marks, brackets. Each is taken once. A line that begins with # is a comment.
 */
export function readReferences(text: string): ReadReferences {
  return sortAddresses(text.split(/[\r\n]+/u).flatMap(wordsOf));
}

/** The same for addresses that are apart already. */
export function sortAddresses(addresses: readonly string[]): ReadReferences {
  const read: ReadReferences = { references: [], pages: [], unread: [] };
  const known = new Set<string>();
  for (const word of addresses) {
    const reference = referenceOf(word);
    const key = reference === null ? word : referenceKey(reference);
    if (known.has(key)) continue;
    known.add(key);
    const page = reference?.kind === "url" ? viewerPageText(new URL(reference.url)) : null;
    if (reference === null) read.unread.push(word);
    else if (page === null) read.references.push(reference);
    else read.pages.push({ address: word, text: page });
  }
  return read;
}

/** Identifies a reference, to tell whether a sheet already has it. */
export function referenceKey(reference: OfferedReference): string {
  return reference.kind === "url" ? reference.url : reference.imageUuid.toLowerCase();
}

/** The words of a line; all of it, if it is one address that was written with spaces, or holds none. */
function wordsOf(line: string): string[] {
  const trimmed = line.trim();
  if (trimmed === "" || trimmed.startsWith("#")) return [];
  const words = trimmed
    .split(BETWEEN)
    .flatMap((word) => word.split(ASSIGNED))
    .map(bare)
    .filter((word) => word !== "");
  const [first = "", ...others] = words;
  const isSpaced =
    /^https?:/iu.test(first) &&
    !PICTURE.test(first) &&
    PICTURE.test(trimmed.split(/\s/u).at(-1) ?? "") &&
    others.length > 0 &&
    others.every((word) => referenceOf(word) === null);
  const isNone = words.every((word) => referenceOf(word) === null);
  return isNone || (isSpaced && trimmed.startsWith(first)) ? [trimmed] : words;
}

const PICTURE = /\.(?:jpe?g|png|webp|gif|avif|bmp|tiff?|heic)(?:\?\S*)?$/iu;

/**
 * What may lie between two addresses. A comma, a semicolon, a bar or an opening bracket is also part of addresses, so it counts
 * only before a space or before what begins an address. A run is looked at from its first character alone, since a list may
 * be nothing else.
 */
const BETWEEN =
  /[\s"<>“”„«»`]+|'(?=\s|,|;|https?:|$)|(?<![,;])[,;]+(?=\s|$|["'<“]|https?:|www\.|\/\/|[0-9a-f]{8}-)|(?<!\|)\|+(?=\s|$|["'<“]|https?:|www\.)|[([](?=["'<“]?(?:https?:|www\.))|=(?=["'<“](?:https?:|www\.))/iu;

/** Before an address that something is set to. Addresses hold others in the same way, so none may have begun before it. */
const ASSIGNED = /=(?=https?:|www\.)(?<=^(?!www\.)[^\s/:?=]*=)/iu;

/** No address is longer; what is, is left as it is. */
const LONGEST = 8_000;

/** A word without the punctuation around it. A closing bracket stays if it was opened in the word. */
function bare(word: string): string {
  if (word.length > LONGEST) return word;
  let text = word.replace(/^[-*•'’‘[({,;|]+(?=\S)|^[-*•[\](){},;:!.|]+$/u, "");
  for (;;) {
    const last = text.at(-1) ?? "";
    const opening = OPENINGS[last];
    const isLoose = opening !== undefined && !text.includes(opening);
    if (!isLoose && !/[.,;:!'’]/u.test(last)) return text;
    text = text.slice(0, -1);
  }
}

const OPENINGS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

// A host and a path: a name alone could be any word with a full stop in it.
const WITHOUT_SCHEME = /^(?:www\.[^\s/]+\.|(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?\/(?=\S))/iu;

function referenceOf(word: string): OfferedReference | null {
  if (IMAGE_UUID.test(word)) return { kind: "runware", imageUuid: word.toLowerCase() };
  const address = word.startsWith("//")
    ? `https:${word}`
    : WITHOUT_SCHEME.test(word)
      ? `https://${word}`
      : word;
  if (!URL.canParse(address)) return null;
  const { protocol, username, href } = new URL(address);
  if ((protocol !== "https:" && protocol !== "http:") || username !== "") return null;
  return { kind: "url", url: href, title: null };
}
