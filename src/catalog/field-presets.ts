import type { Field, FieldId, Fields } from "#src/domain/field.ts";

/** A kind of text that images often have, with a prompt that asks for it. */
export interface FieldPreset extends Pick<Field, "name" | "kind" | "limit"> {
  id: string;
  /** What it is for, in a few words. */
  use: string;
  prompt: string;
}

/** In the order of the list. */
export const FIELD_PRESETS: readonly FieldPreset[] = [
  {
    id: "alt-text",
    name: "Alt text",
    kind: "sentence",
    use: "What a screen reader says in place of the image",
    // WCAG sets no limit; screen readers commonly read in runs of about 125 characters.
    limit: { most: 125, unit: "characters" },
    prompt:
      "Write alt text for this image: one sentence of at most {max} characters that says what matters in it. Quote any text that can be read. Do not open with “image of” or “photo of”, do not guess at names, ages or origins, and answer with the sentence alone.",
  },
  {
    id: "description",
    name: "Long description",
    kind: "free",
    use: "For charts, maps and other images that one sentence can’t replace",
    limit: null,
    prompt:
      "Describe this image for someone who cannot see it, in three to six sentences: what kind of image it is, what it shows from the whole to the parts, every figure and word that can be read, and what follows from it. State only what can be seen, without a preamble.",
  },
  {
    id: "title",
    name: "Title",
    kind: "title",
    use: "A few words for a heading or a file",
    limit: { most: 60, unit: "characters" },
    prompt:
      "Give this image a title of at most {max} characters: the subject first, as a noun phrase in sentence case, without quotation marks or a full stop. Answer with the title alone.",
  },
  {
    id: "keywords",
    name: "Keywords",
    kind: "tags",
    use: "Separated by commas, for catalogues and search",
    limit: { most: 15, unit: "words" },
    prompt:
      "Give 5 to 10 comma-separated keywords in lower case for this image, the most important first: subject, material, setting, colours, mood. Keywords only, none twice.",
  },
  {
    id: "training",
    name: "Training caption",
    kind: "free",
    use: "For training an image model",
    // CLIP’s text encoder reads 77 tokens, of which two mark the start and the end.
    limit: { most: 75, unit: "tokens" },
    prompt:
      "Describe this image for training an image model: subject, action, clothing or materials, setting, composition, light and medium, in one plain sentence. Be decisive, name only what can be seen, and add no preamble.",
  },
  {
    id: "own",
    name: "Own field",
    kind: "free",
    use: "Anything else: you write the prompt",
    limit: null,
    prompt: "",
  },
];

/** A field as a preset makes it, asked as `like` is: a second text is mostly asked of the same model. */
export function fieldFromPreset(
  { name, kind, limit, prompt }: Pick<FieldPreset, "name" | "kind" | "limit" | "prompt">,
  { id, like, fields }: { id: FieldId; like: Field; fields: Fields },
): Field {
  return {
    id,
    name: freeName(name, fields),
    kind,
    recipe: { ...like.recipe, prompt },
    limit,
    language: like.language,
    checks: [],
    isAsked: true,
  };
}

/** "Title 2": a name that no other field of the sheet has. */
function freeName(name: string, fields: Fields): string {
  const taken = new Set(fields.map((field) => field.name));
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name} ${number}`)) number += 1;
  return `${name} ${number}`;
}

/** Languages that people ask for most, as BCP 47 tags; any other can be typed. */
export const LANGUAGES: readonly string[] = [
  "en-GB",
  "en-US",
  "ar",
  "bg",
  "zh-Hans",
  "zh-Hant",
  "hr",
  "cs",
  "da",
  "nl",
  "et",
  "fi",
  "fr",
  "de",
  "el",
  "he",
  "hi",
  "hu",
  "id",
  "ga",
  "it",
  "ja",
  "ko",
  "lv",
  "lt",
  "nb",
  "pl",
  "pt-BR",
  "pt-PT",
  "ro",
  "ru",
  "sk",
  "sl",
  "es",
  "sv",
  "th",
  "tr",
  "uk",
  "vi",
];
