/** "French", "British English": the English name of a BCP 47 tag, or the tag itself if it has none. */
export function languageName(tag: string): string {
  try {
    return (NAMES ??= new Intl.DisplayNames("en", { type: "language" })).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The tag as BCP 47 writes it ("EN-gb" is "en-GB"); null if it is none. */
export function languageTag(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text.trim())[0] ?? null;
  } catch {
    return null;
  }
}

// Made when a name is first asked for: most sheets never ask.
let NAMES: Intl.DisplayNames | null = null;
