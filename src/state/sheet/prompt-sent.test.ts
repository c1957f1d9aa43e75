import { expect, test } from "vitest";
import { answeredTask, exampleImage, exampleMark, exampleSheet } from "#src/domain/example-rows.ts";
import { openRows } from "./open-rows.ts";
import { promptSentFor } from "./prompt-sent.ts";

const [field] = exampleSheet().fields;
const title = {
  ...field,
  id: "title",
  name: "Title",
  language: "fr",
  limit: { most: 60, unit: "characters" as const },
  recipe: { ...field.recipe, prompt: "{max} in {language}: {existing} ({context}) {file}" },
};

test("a run sends the prompt that is shown as sent, with the values of its own field and image", async () => {
  const { open, plans } = await openRows({
    sheet: {
      fields: [field, title],
      context: { sheet: "Lamps.", folders: { "": "No folder." } },
    },
    images: [exampleImage()],
    tasks: [answeredTask(1_300)],
    marks: [
      exampleMark({ id: "c", value: { kind: "context", text: "Lit." } }),
      exampleMark({ id: "t", value: { kind: "edit", fieldId: "title", text: "Old {file}" } }),
    ],
  });
  const question = { imageId: "image", fieldId: "title", recipe: title.recipe, repeat: 1 };
  const shown = promptSentFor(open.store.getState(), question, Date.now());
  expect(shown).toBe("60 in French: Old {file} (Lamps. No folder. Lit.) boat.jpg");
  await open.runs.start({ askedBy: "caption", questions: [question], reuse: true });
  expect(plans[0]?.questions).toMatchObject([
    { fieldId: "title", promptSent: shown, language: "fr", recipe: title.recipe },
  ]);
});

test("an empty prompt is none, and a question that brings what is sent keeps it", async () => {
  const { open, plans } = await openRows({ images: [exampleImage()] });
  const ask = (prompt: string | null, promptSent?: string) => ({
    imageId: "image",
    recipe: { ...field.recipe, prompt },
    repeat: 1,
    ...(promptSent === undefined ? {} : { promptSent }),
  });
  const questions = [ask(""), ask(null), ask("{context}"), ask(" "), ask("{file}", "As before")];
  await open.runs.start({ askedBy: "compare", questions, reuse: true });
  expect(plans[0]?.questions.map(({ promptSent }) => promptSent)).toEqual([
    null,
    null,
    null,
    " ",
    "As before",
  ]);
  expect(plans[0]?.questions.every(({ fieldId }) => fieldId === null)).toBe(true);
});
