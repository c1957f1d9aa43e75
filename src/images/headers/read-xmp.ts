import { decodeXmlText, indexOfText } from "./bytes.ts";

/** The properties of an XMP packet that hold words about the picture. Texts are trimmed; null or empty if absent. */
export interface XmpWords {
  description: string | null;
  title: string | null;
  keywords: readonly string[];
  altText: string | null;
  longDescription: string | null;
}

// Namespaces: XMP specification part 1, 7.9 and part 2, 1.2; IPTC Photo Metadata Standard 2025.1, IPTC Core.
const DC = "http://purl.org/dc/elements/1.1/";
const IPTC_CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const PROPERTIES = new Map<string, keyof XmpWords>([
  [`${DC}description`, "description"],
  [`${DC}title`, "title"],
  [`${DC}subject`, "keywords"],
  [`${IPTC_CORE}AltTextAccessibility`, "altText"],
  [`${IPTC_CORE}ExtDescrAccessibility`, "longDescription"],
]);
const HINTS = ["description", "title", "subject", "AltTextAccessibility", "ExtDescrAccessibility"];

// A packet with the whole history of an edited photograph stays below; a forged one must not cost time.
const MOST_BYTES = 1_000_000;
const MOST_ITEMS = 500;

/**
 * Reads the words of an XMP packet (RDF/XML as in ISO 16684-1). A worker has no XML parser, so this one goes through the
 * tags once, in a time that grows with the packet alone. Whatever has a document type is not read: XMP has none, and
 * entities could unfold without end. Null if there is nothing to read.
 */
export function readXmp(bytes: Uint8Array | null): XmpWords | null {
  if (bytes === null || bytes.length > MOST_BYTES) return null;
  // UTF-16 packets are rare, and hide the hints.
  const isWide = bytes[0] === 0xff || bytes[0] === 0xfe;
  if (!isWide && HINTS.every((hint) => indexOfText(bytes, hint) === -1)) return null;
  const found = new Map<keyof XmpWords, Item[]>();
  const reading = createReading(found);
  for (const token of tokensOf(decodeXmlText(bytes))) reading(token);
  const textOf = (name: keyof XmpWords): string | null => {
    const items = found.get(name) ?? [];
    // Alternatives by language: the default is marked, and comes first (ISO 16684-1, 8.2.2.4).
    return (items.find(({ language }) => language === "x-default") ?? items[0])?.text ?? null;
  };
  return {
    description: textOf("description"),
    title: textOf("title"),
    keywords: (found.get("keywords") ?? []).map(({ text }) => text),
    altText: textOf("altText"),
    longDescription: textOf("longDescription"),
  };
}

interface Item {
  language: string | null;
  text: string;
}

type Token =
  | { kind: "text"; text: string }
  | { kind: "open"; name: string; attributes: ReadonlyMap<string, string>; isClosed: boolean }
  | { kind: "close"; name: string };

/** Takes tokens one after the other, and notes each property that it knows the first time it comes. */
function createReading(found: Map<keyof XmpWords, Item[]>): (token: Token) => void {
  const namespaces = new Map<string, string>();
  let property: { name: keyof XmpWords; tag: string; items: Item[]; plain: string } | null = null;
  let item: Item | null = null;
  const nameOf = (tag: string): string => {
    const colon = tag.indexOf(":");
    return (namespaces.get(tag.slice(0, Math.max(0, colon))) ?? "") + tag.slice(colon + 1);
  };
  const note = (name: keyof XmpWords, items: readonly Item[]): void => {
    const worded = items
      .map(({ language, text }) => ({ language, text: text.trim() }))
      .filter(({ text }) => text !== "");
    if (worded.length > 0 && !found.has(name)) found.set(name, worded);
  };
  const open = (tag: string, attributes: ReadonlyMap<string, string>): void => {
    for (const [name, value] of attributes)
      if (name.startsWith("xmlns:")) namespaces.set(name.slice("xmlns:".length), value);
    if (property !== null) {
      if (nameOf(tag) === `${RDF}li` && property.items.length < MOST_ITEMS) {
        item = { language: attributes.get("xml:lang") ?? null, text: "" };
        property.items.push(item);
      }
      return;
    }
    const known = PROPERTIES.get(nameOf(tag));
    if (known !== undefined) property = { name: known, tag, items: [], plain: "" };
    for (const [name, text] of attributes) {
      const short = PROPERTIES.get(nameOf(name));
      if (short !== undefined) note(short, [{ language: null, text }]);
    }
  };
  const close = (tag: string): void => {
    if (nameOf(tag) === `${RDF}li`) item = null;
    if (property === null || property.tag !== tag) return;
    const { name, items, plain } = property;
    note(name, items.length > 0 ? items : [{ language: null, text: plain }]);
    [property, item] = [null, null];
  };
  return (token) => {
    if (token.kind === "text") {
      if (item !== null) item.text += token.text;
      else if (property !== null) property.plain += token.text;
    } else if (token.kind === "close") close(token.name);
    else {
      open(token.name, token.attributes);
      if (token.isClosed) close(token.name);
    }
  };
}

/** Tags and texts in their order. Ends early if something is not closed, or if there is a document type. */
function* tokensOf(xml: string): Generator<Token> {
  let at = 0;
  for (;;) {
    const start = xml.indexOf("<", at);
    if (start === -1) return;
    if (start > at) yield { kind: "text", text: unescaped(xml.slice(at, start)) };
    const skipped = SKIPPED.find(([opening]) => xml.startsWith(opening, start));
    if (skipped === undefined && xml[start + 1] === "!") return;
    const [opening, closing] = skipped ?? ["<", ">"];
    const end =
      skipped === undefined ? tagEnd(xml, start) : xml.indexOf(closing, start + opening.length);
    if (end === -1) return;
    const inside = xml.slice(start + opening.length, end);
    if (opening === CDATA) yield { kind: "text", text: inside };
    else if (skipped === undefined) yield tagOf(inside);
    at = end + closing.length;
  }
}

const CDATA = "<![CDATA[";
const SKIPPED = [
  ["<!--", "-->"],
  [CDATA, "]]>"],
  ["<?", "?>"],
] as const;

/** Where a tag ends: at the first ">" that is in no quotes; -1 if nowhere. */
function tagEnd(xml: string, start: number): number {
  let quote = "";
  for (let at = start; at < xml.length; at += 1) {
    const character = xml[at] ?? "";
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === ">") return at;
    else if (character === '"' || character === "'") quote = character;
  }
  return -1;
}

function tagOf(inside: string): Token {
  if (inside.startsWith("/")) return { kind: "close", name: inside.slice(1).trim() };
  const isClosed = inside.endsWith("/");
  const body = isClosed ? inside.slice(0, -1) : inside;
  const nameEnd = body.search(/\s/u);
  const name = nameEnd === -1 ? body : body.slice(0, nameEnd);
  const attributes = attributesOf(nameEnd === -1 ? "" : body.slice(nameEnd));
  return { kind: "open", name, attributes, isClosed };
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  let at = 0;
  for (;;) {
    const equals = text.indexOf("=", at);
    if (equals === -1) return attributes;
    let opening = equals + 1;
    while (/\s/u.test(text[opening] ?? "")) opening += 1;
    const quote = text[opening] ?? "";
    const closing = quote === '"' || quote === "'" ? text.indexOf(quote, opening + 1) : -1;
    if (closing === -1) return attributes;
    attributes.set(text.slice(at, equals).trim(), unescaped(text.slice(opening + 1, closing)));
    at = closing + 1;
  }
}

const NAMED = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** The characters that references stand for; those that XML does not know stay as they are written. */
function unescaped(text: string): string {
  return text.replaceAll(
    /&(#x[0-9a-f]{1,6}|#\d{1,7}|lt|gt|amp|quot|apos);/giu,
    (reference: string, name: string) => {
      if (!name.startsWith("#")) return NAMED.get(name.toLowerCase()) ?? reference;
      const code = Number(name.slice(1).replace(/^x/iu, "0x"));
      return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : reference;
    },
  );
}
