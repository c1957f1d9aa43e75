const MOST_CHARACTERS = 240;
// Shorter ones occur in ordinary words, and taking them out would leave no message.
const LEAST_SECRET = 4;
const DATA_URI = /data:[\w.+-]*\/?[\w.+-]*(?:;[\w.=-]+)*,[^\s"'<>]*/giu;
const LONG_RUN = /[\w+/=-]{80,}/gu;

/** Takes what must not be repeated out of the service's words: the key, the prompt, pictures. */
export interface Scrubber {
  /** A message, at most 240 characters long. */
  message(text: string): string;
  /** A code or parameter name; null if it does not have that form, or holds a secret. */
  name(text: string): string | null;
}

/** A scrubber for one call. The service is known to quote what it was sent. */
export function createScrubber(secrets: readonly (string | null)[]): Scrubber {
  // The longest first, since one may be part of another.
  const known = secrets
    .filter((secret) => secret !== null && secret.trim().length >= LEAST_SECRET)
    .map((secret) => secret?.trim() ?? "")
    .toSorted((one, other) => other.length - one.length);
  const without = (text: string): string =>
    known.reduce((rest, secret) => rest.replaceAll(secret, "…"), text);
  return {
    message: (text) => {
      const clean = without(text).replaceAll(DATA_URI, "[picture]").replaceAll(LONG_RUN, "…");
      const line = clean.replaceAll(/\s+/gu, " ").trim();
      return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line;
    },
    name: (text) =>
      /^[\w.,:[\] -]{1,80}$/u.test(text) && without(text) === text ? text.trim() : null,
  };
}
