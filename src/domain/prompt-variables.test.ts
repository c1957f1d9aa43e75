import { describe, expect, test } from "vitest";
import { exampleImage, exampleMark } from "./example-rows.ts";
import {
  contextNotes,
  fillPrompt,
  promptParts,
  promptValues,
  variablesIn,
} from "./prompt-variables.ts";

const image = exampleImage({
  source: { kind: "file", fileName: "aurora.jpg", folder: "lamps" },
});
const note = exampleMark({ value: { kind: "context", text: "Lit, at night." } });
const about = {
  context: { sheet: "A lamp maker.", folders: { lamps: "Brass.", rooms: "Oak." } },
  marks: [note],
  field: { limit: { most: 1250, unit: "characters" as const }, language: "en-GB" },
  existing: "A lamp.",
  now: Date.UTC(2026, 10, 29, 12),
};

describe("fillPrompt", () => {
  const values = () => promptValues(image, about);

  test.each([
    ["{file} in {folder}", "aurora.jpg in lamps"],
    ["On {date}", "On 29 November 2026"],
    ["{context}", "A lamp maker. Brass. Lit, at night."],
    ["Not {existing} but", "Not A lamp. but"],
    ["{max} in {language}", "1,250 in British English"],
    ["{File}, {unknown}, {}, {{file}}", "{File}, {unknown}, {}, {aurora.jpg}"],
    ["No variable", "No variable"],
    ["", ""],
  ])("%s", (template, sent) => {
    expect(fillPrompt(template, values)).toBe(sent);
  });

  test("a value that looks like a variable stays as it is", () => {
    const sly = promptValues(image, { ...about, existing: "{file} $& $1" });
    expect(fillPrompt("{existing}", () => sly)).toBe("{file} $& $1");
  });

  test("a model that takes no prompt is sent none", () => {
    expect(fillPrompt(null, values)).toBeNull();
  });

  test("what has no value leaves nothing behind", () => {
    const bare = promptValues(exampleImage(), {
      context: { sheet: " ", folders: {} },
      marks: [],
      field: { limit: null, language: null },
      existing: null,
      now: 0,
    });
    expect(fillPrompt("[{context}{existing}{max}{language}{folder}]", () => bare)).toBe("[]");
  });
});

test("a template splits into text and variables, and is whole again when joined", () => {
  const template = "Say {file}{folder} {nothing}";
  const parts = promptParts(template);
  expect(parts.map((part) => (part.kind === "text" ? part.text : `{${part.name}}`)).join("")).toBe(
    template,
  );
  expect(variablesIn("{max} {file} {max}")).toEqual(["max", "file"]);
});

test("notes go from the sheet to the image, and one that was replaced does not count", () => {
  const newer = exampleMark({
    id: "b",
    value: { kind: "context", text: "Off." },
    replaces: note.id,
  });
  expect(contextNotes(image, { ...about, marks: [note, newer] })).toEqual([
    { of: "sheet", text: "A lamp maker." },
    { of: "folder", text: "Brass." },
    { of: "image", text: "Off." },
  ]);
});
