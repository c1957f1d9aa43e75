import { expect, test } from "vitest";
import { exampleImage, exampleMark, exampleSheet } from "#src/domain/example-rows.ts";
import type { MarkValue } from "#src/domain/mark.ts";
import { openRows } from "#src/state/sheet/open-rows.ts";
import { ask } from "./run-scope.ts";

const [field] = exampleSheet().fields;
const fields = [
  { ...field, recipe: { ...field.recipe, prompt: "Better than: {existing}" } },
] as const;
const ready = exampleImage({ id: "ready" });
const late = exampleImage({ id: "late", frame: 2, preparation: { phase: "preparing" } });
const text = {
  kind: "existing",
  fieldId: field.id,
  text: "A quay.",
  from: { kind: "sidecar", name: "late.txt" },
} as const;

/** Asks about both, then lets the second become ready with a mark; resolves to the prompts that are sent. */
async function promptsOf(caption: unknown, value: MarkValue): Promise<(string | null)[]> {
  const { open, plans } = await openRows({
    sheet: { fields, caption },
    images: [ready, late],
  });
  const texts = [ready, late].map(({ id }) => ({ imageId: id, fieldId: field.id }));
  ask(open, texts, { reuse: false });
  await expect.poll(() => plans.length).toBe(1);
  await open.apply({
    adds: {
      images: [{ ...late, preparation: { phase: "ready", pictureHash: "late" } }],
      marks: [{ ...exampleMark({ id: "came", imageId: "late", value, shown: [] }), seq: null }],
    },
  });
  // One that has begun by then has heard of the image.
  await open.runs.order({
    askedBy: "caption",
    imageIds: ["ready"],
    questionsFor: () => [],
    reuse: false,
  });
  return plans.flatMap(({ questions }) => questions.map(({ promptSent }) => promptSent));
}

test("an image that came with a text while it was prepared is not asked about, unless the sheet says so", async () => {
  expect(await promptsOf(null, text)).toEqual(["Better than: "]);
  expect(await promptsOf({ asksExisting: true }, text)).toEqual([
    "Better than: ",
    "Better than: A quay.",
  ]);
});

test("an image that is marked as decorative while it is prepared is not asked about", async () => {
  const decorative = { kind: "role", role: "decorative" } as const;
  expect(await promptsOf({ asksExisting: true }, decorative)).toEqual(["Better than: "]);
  const functional = { kind: "role", role: "functional" } as const;
  expect(await promptsOf(null, functional)).toHaveLength(2);
});
