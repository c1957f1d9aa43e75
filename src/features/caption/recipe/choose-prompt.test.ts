import { expect, test } from "vitest";
import { PROMPT_PRESETS } from "#src/catalog/presets.ts";
import { openRows } from "#src/state/sheet/open-rows.ts";
import { choosePrompt } from "./choose-prompt.ts";

async function sheetWith(prompt: string, keeping: "disk" | "memory" = "disk") {
  const rows = await openRows({});
  const { open } = rows;
  const kept: string[] = [];
  const library = {
    keepUnsaved: async ({ text }: { text: string }) => void kept.push(text),
  };
  const [field] = open.store.getState().sheet.fields;
  await open.saveSettings({ fields: [{ ...field, recipe: { ...field.recipe, prompt } }] });
  open.store.setState(({ sheet }) => ({ sheet: { ...sheet, keeping } }));
  const fieldNow = () => open.store.getState().sheet.fields[0];
  return {
    kept,
    fieldNow,
    undo: rows.services.undo,
    choose: (chosen: Parameters<typeof choosePrompt>[2]) =>
      choosePrompt({ open, library }, field, chosen),
  };
}

test("what was typed is kept when another prompt takes its place, and one undo brings it back", async () => {
  const { choose, kept, fieldNow, undo } = await sheetWith("Typed with care.");
  await choose({ text: "Chosen.", limit: { most: 60, unit: "characters" } });
  expect(fieldNow()).toMatchObject({
    recipe: { prompt: "Chosen." },
    limit: { most: 60, unit: "characters" },
  });
  expect(kept).toEqual(["Typed with care."]);
  await undo.undo();
  expect(fieldNow()).toMatchObject({ recipe: { prompt: "Typed with care." }, limit: null });
});

test("a prompt without a limit leaves the field’s own, and one that is there already changes nothing", async () => {
  const { choose, fieldNow, undo } = await sheetWith("Typed.");
  await choose({ text: "One.", limit: { most: 9, unit: "words" } });
  await choose({ text: "Two.", limit: null });
  expect(fieldNow().limit).toEqual({ most: 9, unit: "words" });
  const steps = undo.store.getState().past.length;
  await choose({ text: "Two." });
  expect(undo.store.getState().past).toHaveLength(steps);
});

test("the app’s own prompts are not kept as the user’s, and a memory-only sheet keeps none", async () => {
  const ours = await sheetWith(PROMPT_PRESETS[1].prompt);
  await ours.choose({ text: "Chosen." });
  expect(ours.kept).toEqual([]);
  const secret = await sheetWith("In secret.", "memory");
  await secret.choose({ text: "Chosen." });
  expect(secret.kept).toEqual([]);
});
