import { FIELD_PRESETS } from "#src/catalog/field-presets.ts";
import { answersOfModel } from "#src/catalog/find-models.ts";
import { CAPTION_FIELD, type Field, type FieldId, type Fields } from "#src/domain/field.ts";
import type { ExistingFrom } from "#src/domain/mark.ts";
import type { PictureText } from "#src/domain/picture.ts";
import {
  TRUST,
  type CaptionEntry,
  type ImportedText,
  type TextTarget,
} from "./read-caption-file.ts";

/** A text in the field that it is for. */
export interface PlacedText {
  fieldId: FieldId;
  text: string;
  from: ExistingFrom;
  trust: number;
  isSimulated: boolean;
}

/** A field that the sheet lacks: one of our presets, by its id, or one with a name of the file's own. */
export interface MissingField {
  presetId: string;
  name: string;
}

/** The texts of one image, in the fields of its sheet. */
export interface PlacedTexts {
  placed: readonly PlacedText[];
  homeless: readonly { field: MissingField; from: ExistingFrom }[];
}

/** What a picture's own metadata says, as an entry like those of files. */
export function entryOfPicture(texts: readonly PictureText[]): CaptionEntry[] {
  return texts.map(({ about, name, text }) => ({
    paths: [],
    isStem: false,
    hash: null,
    texts: [{ target: { kind: about }, text, isSimulated: false }],
    from: { kind: "picture", name },
    trust: name.startsWith("XMP") ? TRUST.xmp : name.startsWith("IPTC") ? TRUST.iptc : TRUST.exif,
  }));
}

/**
 * Puts the texts of one image into the fields of its sheet: a description into the first field of sentences or free
 * text, keywords and titles into the field of their kind, alt text and long descriptions into the fields of that name.
 * If there is none, those two stand in for a description that is missing.
 */
export function placeTexts(entries: readonly CaptionEntry[], sheetFields: Fields): PlacedTexts {
  const fields = sheetFields.filter(({ recipe }) => answersOfModel(recipe.modelId) === "text");
  const placed: PlacedText[] = [];
  const homeless: PlacedTexts["homeless"][number][] = [];
  const standIns: { entry: CaptionEntry; one: ImportedText; field: MissingField }[] = [];
  const place = (fieldId: FieldId, { from, trust }: CaptionEntry, one: ImportedText): void => {
    const { text, isSimulated } = one;
    placed.push({ fieldId, text, from, trust, isSimulated });
  };
  for (const entry of entries)
    for (const one of entry.texts) {
      const found = fieldFor(one.target, fields);
      if ("id" in found) place(found.id, entry, one);
      else if (one.target.kind === "alt" || one.target.kind === "long")
        standIns.push({ entry, one, field: found });
      else homeless.push({ field: found, from: entry.from });
    }
  const main = describedField(fields);
  const isDescribed = main === null || placed.some(({ fieldId }) => fieldId === main.id);
  // Of the two, the shorter is the likelier caption.
  const kind = standIns.some(({ one }) => one.target.kind === "alt") ? "alt" : "long";
  for (const { entry, one, field } of standIns)
    if (!isDescribed && one.target.kind === kind) place(main.id, entry, one);
    else homeless.push({ field, from: entry.from });
  return { placed: placed.toSorted((a, b) => b.trust - a.trust), homeless };
}

function fieldFor(target: TextTarget, fields: readonly Field[]): Field | MissingField {
  switch (target.kind) {
    case "description":
      return describedField(fields) ?? preset("description");
    case "main": {
      if (target.name !== null) {
        const found = fieldFor({ kind: "field", name: target.name }, fields);
        // The field that every sheet begins with may have another name here.
        if ("id" in found || target.name !== CAPTION_FIELD) return found;
      }
      const own = fields.filter(({ name }) => !target.others.includes(keyOf(name)));
      const [only, ...others] = own;
      const isClear = only !== undefined && others.length === 0;
      return (
        (isClear ? only : describedField(own)) ?? describedField(fields) ?? preset("description")
      );
    }
    case "alt":
      return named("alt-text", fields);
    case "long":
      return named("description", fields);
    case "title":
      return fields.find(({ kind }) => kind === "title") ?? preset("title");
    case "keywords":
      return fields.find(({ kind }) => kind === "tags") ?? preset("keywords");
    case "field": {
      const known = FIELD_PRESETS.find(
        ({ id, name }) => id !== "own" && keyOf(name) === target.name,
      );
      return (
        fields.find(({ name }) => keyOf(name) === target.name) ??
        (known === undefined
          ? { presetId: "own", name: target.name.charAt(0).toUpperCase() + target.name.slice(1) }
          : preset(known.id))
      );
    }
  }
}

function describedField(fields: readonly Field[]): Field | null {
  return fields.find(({ kind }) => kind === "sentence" || kind === "free") ?? fields[0] ?? null;
}

function named(presetId: string, fields: readonly Field[]): Field | MissingField {
  const missing = preset(presetId);
  return fields.find(({ name }) => keyOf(name) === keyOf(missing.name)) ?? missing;
}

function preset(presetId: string): MissingField {
  const name = FIELD_PRESETS.find(({ id }) => id === presetId)?.name ?? presetId;
  return { presetId, name };
}

function keyOf(name: string): string {
  return name.trim().toLowerCase();
}

/** Whose words a text is that the sheet has already. */
export type StandingBy = "person" | "model" | "existing";

/** One of the texts that an image could have in a field. */
export type TextOption =
  | { kind: "standing"; text: string; by: StandingBy }
  | { kind: "came"; placed: PlacedText };

/** What becomes of the texts that came for one field of one image. */
export interface Settled {
  /** The only one there is; null if there is none, or a choice. */
  take: PlacedText | null;
  /** What there is to choose from, if it differs; the one at `wins` unless the user says otherwise. */
  conflict: { options: readonly TextOption[]; wins: number } | null;
  /** How many were left out since the sandbox made them up. */
  simulated: number;
}

/**
 * Decides between the texts that came for one field of an image and the one that stands there. What a person wrote on
 * the sheet wins, then what was edited or written elsewhere, before a model's words.
 *
 * @param placed the most trusted first
 */
export function settleTexts(
  placed: readonly PlacedText[],
  standing: { text: string; by: StandingBy } | null,
): Settled {
  const other = placed.filter(({ text }) => standing === null || !areSame(text, standing.text));
  const own = other.filter(({ isSimulated }) => !isSimulated);
  const distinct: PlacedText[] = [];
  for (const one of own) if (!distinct.some((known) => saysTheSame(one, known))) distinct.push(one);
  const simulated = other.length - own.length;
  const [first, ...others] = distinct;
  if (first === undefined) return { take: null, conflict: null, simulated };
  if (standing === null && others.length === 0) return { take: first, conflict: null, simulated };
  const came = distinct.map((one) => ({ kind: "came", placed: one }) as const);
  const options = standing === null ? came : [{ kind: "standing", ...standing } as const, ...came];
  const wins = standing === null || standing.by === "person" ? 0 : 1;
  return { take: null, conflict: { options, wins }, simulated };
}

/** The same words; an older standard of the same picture cuts long ones off. */
function saysTheSame(one: PlacedText, better: PlacedText): boolean {
  const isCut = one.from.kind === "picture" && better.from.kind === "picture";
  return (
    areSame(one.text, better.text) || (isCut && plain(better.text).startsWith(plain(one.text)))
  );
}

function areSame(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

function plain(text: string): string {
  return text.normalize("NFC").replaceAll(/\s+/gu, " ").trim();
}
