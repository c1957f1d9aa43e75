import { expect, test } from "vitest";
import { answersOfModel } from "#src/catalog/find-models.ts";
import { DEFAULT_MODEL_ID, DEFAULT_SENT_SIZE } from "#src/domain/defaults.ts";
import { type Field, type Fields, newCaptionField } from "#src/domain/field.ts";
import { entryOfPicture, placeTexts, settleTexts, type PlacedText } from "./place-texts.ts";
import { TRUST, type CaptionEntry, type TextTarget } from "./read-caption-file.ts";

const caption = newCaptionField({
  modelId: DEFAULT_MODEL_ID,
  prompt: "",
  sentSize: DEFAULT_SENT_SIZE,
});
const fieldOf = (name: string, kind: Field["kind"]): Field => ({
  ...caption,
  id: name,
  name,
  kind,
});

function entry(trust: number, ...texts: readonly (readonly [TextTarget, string])[]): CaptionEntry {
  return {
    paths: ["1.jpg"],
    isStem: false,
    hash: null,
    texts: texts.map(([target, text]) => ({ target, text, isSimulated: false })),
    from: { kind: "table", name: "metadata.csv" },
    trust,
  };
}

/** "field: text" for what has one, and the names of the fields that are missing. */
function placedIn(entries: readonly CaptionEntry[], fields: Fields) {
  const found = placeTexts(entries, fields);
  return [
    found.placed.map(({ fieldId, text }) => `${fieldId}: ${text}`),
    found.homeless.map(({ field }) => field.name),
  ];
}

const described = { kind: "description" } as const;
const alt = { kind: "alt" } as const;
const long = { kind: "long" } as const;

test("each text goes into the field of its kind or name, and what has none is said", () => {
  const all = entry(
    TRUST.table,
    [described, "A lamp."],
    [alt, "Lamp"],
    [{ kind: "title" }, "Lamp, lit"],
    [{ kind: "keywords" }, "lamp"],
    [{ kind: "field", name: "mood" }, "calm"],
  );
  expect(placedIn([all], [caption])).toEqual([
    ["caption: A lamp."],
    ["Title", "Keywords", "Mood", "Alt text"],
  ]);
  const fields: Fields = [
    fieldOf("Tags", "tags"),
    fieldOf("Alt text", "sentence"),
    fieldOf("Mood", "free"),
    fieldOf("Heading", "title"),
  ];
  expect(placedIn([all], fields)[0]?.toSorted()).toEqual([
    "Alt text: A lamp.",
    "Alt text: Lamp",
    "Heading: Lamp, lit",
    "Mood: calm",
    "Tags: lamp",
  ]);
});

test("alt text stands in for a description that is missing, and so does a long one without it", () => {
  expect(placedIn([entry(TRUST.xmp, [alt, "Lamp"], [long, "A brass lamp."])], [caption])).toEqual([
    ["caption: Lamp"],
    ["Long description"],
  ]);
  expect(placedIn([entry(TRUST.xmp, [long, "A brass lamp."])], [caption])[0]).toEqual([
    "caption: A brass lamp.",
  ]);
});

test("an exported table is about the field that it does not name", () => {
  const fields: Fields = [caption, fieldOf("Alt text", "sentence")];
  const target = { kind: "main", name: null, others: ["caption"] } as const;
  expect(placedIn([entry(TRUST.own, [target, "Lamp"])], fields)[0]).toEqual(["Alt text: Lamp"]);
});

test("a file that names its field is about that one, which may be missing", () => {
  const named = (name: string) =>
    entry(TRUST.own, [{ kind: "main", name, others: [] } as const, "Lamp"]);
  const fields: Fields = [caption, fieldOf("Alt text", "sentence")];
  expect(placedIn([named("alt text")], fields)).toEqual([["Alt text: Lamp"], []]);
  expect(placedIn([named("alt text")], [caption])).toEqual([[], ["Alt text"]]);
  expect(placedIn([named("caption")], [fieldOf("Words", "sentence")])).toEqual([
    ["Words: Lamp"],
    [],
  ]);
});

test("no text goes into a field whose model answers with an age", () => {
  const ages = { ...caption, recipe: { ...caption.recipe, modelId: "runware:154@1" } };
  expect(answersOfModel(ages.recipe.modelId)).toBe("age");
  expect(placedIn([entry(TRUST.table, [described, "A lamp."])], [ages])).toEqual([
    [],
    ["Long description"],
  ]);
});

function placed(text: string, trust: number = TRUST.sidecar, isSimulated = false): PlacedText {
  const kind = trust <= TRUST.xmp ? "picture" : "sidecar";
  return { fieldId: "caption", text, from: { kind, name: "1.txt" }, trust, isSimulated };
}

test("equal texts are no conflict, and one that stands alone is taken", () => {
  expect(settleTexts([placed("A  lamp.\n"), placed("A lamp.", TRUST.xmp)], null)).toMatchObject({
    take: { text: "A  lamp.\n" },
    conflict: null,
  });
  const standing = { text: "A caf\u00e9.", by: "model" } as const;
  expect(settleTexts([placed("A cafe\u0301.")], standing)).toEqual({
    take: null,
    conflict: null,
    simulated: 0,
  });
});

test.each([
  ["person", 0],
  ["model", 1],
  ["existing", 1],
] as const)("beside the words of a %s the one at %i wins", (by, wins) => {
  const { conflict } = settleTexts([placed("A lamp.")], { text: "A light.", by });
  expect(conflict).toMatchObject({
    wins,
    options: [{ kind: "standing", text: "A light." }, { kind: "came" }],
  });
});

test("of several files the most trusted wins, and an older standard that cuts off says the same", () => {
  const [own, beside] = [placed("Own.", TRUST.own), placed("Beside.", TRUST.sidecar)];
  expect(settleTexts([own, beside], null).conflict).toMatchObject({
    wins: 0,
    options: [{ placed: own }, { placed: beside }],
  });
  const [xmp, iptc] = [placed("A long sentence.", TRUST.xmp), placed("A long", TRUST.iptc)];
  expect(settleTexts([xmp, iptc], null)).toMatchObject({ take: xmp, conflict: null });
});

test("what the sandbox made up is no text, and is counted unless it stands there already", () => {
  const madeUp = placed("Made up.", TRUST.own, true);
  expect(settleTexts([madeUp], null)).toEqual({ take: null, conflict: null, simulated: 1 });
  expect(settleTexts([madeUp], { text: "Made up.", by: "model" }).simulated).toBe(0);
});

test("a picture's own words are worth what their standard is", () => {
  const texts = [
    { about: "description", name: "EXIF ImageDescription", text: "Old." },
    { about: "description", name: "XMP dc:description", text: "New." },
  ] as const;
  const { placed: both } = placeTexts(entryOfPicture(texts), [caption]);
  expect(both.map(({ text, from }) => `${text} ${from.name}`)).toEqual([
    "New. XMP dc:description",
    "Old. EXIF ImageDescription",
  ]);
});
