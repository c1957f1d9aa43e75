import type { Field } from "./field.ts";
import type { ImageRole } from "./image-role.ts";

/** What each role is called, and what it asks of the text. */
export const ROLE_WORDS: Readonly<Record<ImageRole, { name: string; hint: string }>> = {
  informative: { name: "Informative", hint: "The text says what matters in the picture." },
  decorative: {
    name: "Decorative",
    hint: "Screen readers pass over it: no text, and nothing is asked.",
  },
  functional: {
    name: "Functional",
    hint: "A link or a button: the text says what it does, as in “Go to basket”.",
  },
  complex: {
    name: "Complex",
    hint: "A chart, a map, a diagram: a short text, and a long description beside it.",
  },
};

/** Whether screen readers pass over what this field says of an image; its title and its tags still serve others. */
export function isPassedOver(role: ImageRole, { kind }: Pick<Field, "kind">): boolean {
  return role === "decorative" && (kind === "sentence" || kind === "free");
}

/** Whether a field holds what a short text can't: of a complex image it is asked for even if of others it is not. */
export function isLongDescription({ kind, name }: Pick<Field, "kind" | "name">): boolean {
  return kind === "free" && /descri|beschreibung|omschrijving|beskrivning/iu.test(name);
}

const SIGNS: readonly (readonly [ImageRole, RegExp])[] = [
  [
    "functional",
    /^(?:logos?|logotype|wordmark|btn|button|cta|hamburger|submit|login|search|basket|cart|knopf|schaltfläche|bouton)$/u,
  ],
  [
    "decorative",
    /^(?:icons?|spacers?|dividers?|separators?|arrows?|chevrons?|bullets?|bg|background|backdrop|borders?|patterns?|textures?|ornaments?|flourish|swoosh|squiggle|blobs?|gradient|shadow|pixel|transparent|deco|decoration|trenner|pfeil|hintergrund|muster|fond|fondo|sfondo)$/u,
  ],
  [
    "complex",
    /^(?:charts?|graphs?|diagrams?|maps?|infographics?|flowcharts?|histograms?|timelines?|schema|schematic|plots?|floorplan|organigram|diagramm|infografik|schaubild|graphique|schéma|mapa|grafico|gráfico)$/u,
  ],
];
const TINY_PX = 32;
const LONGEST_TO_SHORTEST = 12;
// A divider is thin; what is as long and wider is a page that somebody scrolled through.
const STRIP_PX = 200;

/**
 * The role that an image seems to have, by the words of its file's name and by its size in pixels; null if it looks like
 * any other. It is only ever suggested.
 */
export function suggestedRole(
  fileName: string,
  size: { width: number; height: number } | null,
): ImageRole | null {
  const stem = fileName.replace(/\.\w{2,5}$/u, "");
  const words = stem
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  for (const [role, sign] of SIGNS) if (words.some((word) => sign.test(word))) return role;
  if (size === null || size.width === 0 || size.height === 0) return null;
  const [short = 0, long = 0] = [size.width, size.height].toSorted((a, b) => a - b);
  const isStrip = short <= STRIP_PX && long / short >= LONGEST_TO_SHORTEST;
  return long <= TINY_PX || isStrip ? "decorative" : null;
}
