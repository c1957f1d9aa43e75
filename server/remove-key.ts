const REMOVED = "[key removed]";

/**
 * Returns a function that takes a key out of a text, in whatever form the service quotes it: plain, with any of its
 * letters escaped for JSON, an address or HTML, or inside base64. What replaces it needs no escaping in JSON. Every
 * repetition is bounded, so that no text makes the search slow.
 */
export function keyRemover(key: string): (text: string) => string {
  const forms = [
    key.replaceAll(/[^]/gu, letterPattern),
    ...[0, 1, 2].flatMap((at) => inBase64(key, at)),
  ];
  const pattern = new RegExp(forms.join("|"), "giu");
  return (text) => text.replaceAll(pattern, REMOVED);
}

/** A letter written as `\u0041`, `%41` (also coded twice) or `&#65;`. */
function letterPattern(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  const hex = code.toString(16).padStart(2, "0");
  return `(?:${[
    plainPattern(letter),
    String.raw`\\{1,8}(?:u00|x)${hex}`,
    `%(?:25){0,3}${hex}`,
    `&(?:amp;){0,3}#(?:x0{0,4}${hex}|0{0,4}${code});?`,
    ...(HTML_NAMES[letter] ?? []).map((name) => `&(?:amp;){0,3}${name};`),
  ].join("|")})`;
}

function plainPattern(letter: string): string {
  if (/[a-z\d]/iu.test(letter)) return letter;
  const escaped = /[$()*+./?[\\\]^{|}]/u.test(letter) ? `\\${letter}` : letter;
  if (letter === "\\") return String.raw`\\{1,8}`;
  return letter === '"' || letter === "/" ? String.raw`\\{0,8}${escaped}` : escaped;
}

const HTML_NAMES: Readonly<Record<string, readonly string[]>> = {
  "&": ["amp"],
  "<": ["lt"],
  ">": ["gt"],
  '"': ["quot"],
  "'": ["apos"],
};

// Anything shorter could appear in base64 by chance.
const LEAST_IN_BASE64 = 8;

/**
 * The key's letters in base64 that do not depend on what comes before and after it, `at` bytes into a group of three.
 */
function inBase64(key: string, at: number): string[] {
  const bytes = Buffer.from("\0".repeat(at) + key);
  const first = Math.ceil((at * 8) / 6);
  const letters = bytes.toString("base64").slice(first, Math.floor((bytes.length * 8) / 6));
  if (letters.length < LEAST_IN_BASE64) return [];
  return [letters.replaceAll(/[+/]/gu, (sign) => BASE64_SIGNS[sign] ?? sign)];
}

/** The signs of both alphabets, including the URL-safe one, plain or escaped. */
const BASE64_SIGNS: Readonly<Record<string, string>> = {
  "+": `(?:-|${letterPattern("+")})`,
  "/": `(?:_|${letterPattern("/")})`,
};
