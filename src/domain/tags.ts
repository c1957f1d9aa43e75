// The comma as it is typed in any script, and a new line: models answer with all of them.
const SEPARATORS = ",，、،\n";
// Backslashes count from their first on; tried anew from each of them, thousands would take seconds.
const PIECES = new RegExp(`(?<!\\\\)(\\\\*)([${SEPARATORS}]|$)`, "gu");

const SPLIT = new RegExp(`[${SEPARATORS}]`, "u");
// Most tags are so, and there may be a hundred thousand of them.
const SPECIAL = /[^ -~]| {2}/u;

/** One tag, as it is compared and counted: composed (NFC), without spaces around it and with single ones inside. */
export function normalTag(tag: string): string {
  if (!SPECIAL.test(tag)) return tag.trim();
  return tag.normalize("NFC").replaceAll(/\s+/gu, " ").trim();
}

/** The same for tags that differ only in case, composition or spaces. */
export function tagKey(tag: string): string {
  return normalTag(tag).toLowerCase().replaceAll("ς", "σ");
}

/**
 * The tags of a text in their order, also those that are there twice; none is empty. A comma after a backslash is part of a
 * tag, and two backslashes before a comma are one; elsewhere a backslash is itself, as in `lamp \(object\)`.
 */
export function tagsOf(text: string): string[] {
  if (!text.includes("\\"))
    return text.split(SPLIT).flatMap((tag) => {
      const normal = normalTag(tag);
      return normal === "" ? [] : [normal];
    });
  const tags: string[] = [];
  let tag = "";
  let from = 0;
  for (const { 0: found, 1: slashes = "", 2: separator = "", index } of text.matchAll(PIECES)) {
    tag += text.slice(from, index) + "\\".repeat(Math.floor(slashes.length / 2));
    from = index + found.length;
    const isOdd = slashes.length % 2 === 1;
    if (isOdd && separator !== "" && separator !== "\n") {
      tag += separator;
      continue;
    }
    if (isOdd) tag += "\\";
    const normal = normalTag(tag);
    if (normal !== "") tags.push(normal);
    tag = "";
  }
  return tags;
}

/** Tags as the text of a field: `tagsOf` reads them back as they are. */
export function joinedTags(tags: readonly string[]): string {
  return tags
    .map((tag) =>
      normalTag(tag).replaceAll(PIECES, (_, slashes: string, separator: string) => {
        const doubled = `${slashes}${slashes}`;
        return separator === "" ? doubled : `${doubled}\\${separator}`;
      }),
    )
    .filter((tag) => tag !== "")
    .join(", ");
}

/** The same tags, each once: the first of those that differ only in case or composition stays. */
export function eachTagOnce(tags: readonly string[]): string[] {
  const known = new Set<string>();
  return tags.filter((tag) => {
    const key = tagKey(tag);
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}

/** Where the tag at this place of a text begins and ends, with the spaces around it. */
export function tagRange(text: string, place: number): { from: number; to: number } {
  let from = 0;
  for (const { 0: found, 1: slashes = "", 2: separator = "", index } of text.matchAll(PIECES)) {
    if (separator === "" || (slashes.length % 2 === 1 && separator !== "\n")) continue;
    const at = index + found.length - 1;
    if (at >= place) return { from, to: at };
    from = at + 1;
  }
  return { from, to: text.length };
}
