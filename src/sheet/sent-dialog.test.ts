import { expect, test } from "vitest";
import { exampleImage } from "#src/domain/example-rows.ts";
import type { Preparation } from "#src/domain/image.ts";
import { newCaptionField } from "#src/domain/field.ts";
import { sentByPrompts, sentSumOf } from "./sent-dialog.tsx";

test("files that are still being prepared are not taken for addresses", () => {
  const preparations: Preparation[] = [
    { phase: "queued" },
    { phase: "preparing" },
    { phase: "ready", pictureHash: "kept" },
    { phase: "remote" },
    { phase: "unseen", pictureHash: "elsewhere" },
  ];
  const images = preparations.map((preparation) => exampleImage({ preparation }));
  expect(sentSumOf(images)).toEqual({
    copies: [images[2]],
    files: ["kept"],
    byAddress: 1,
    preparing: 2,
  });
});

test("of a picture that is split the parts are sent, which come from its file", () => {
  const whole = exampleImage({ preparation: { phase: "ready", pictureHash: "whole" } });
  const box = [0, 0, 1, 0.5] as const;
  const source = {
    kind: "part",
    of: whole.id,
    box,
    by: "split",
    fileName: "",
    folder: "",
  } as const;
  const preparation = { phase: "ready", pictureHash: "part" } as const;
  const part = exampleImage({ id: "part", source: { ...source, number: 1 }, preparation });
  expect(sentSumOf([whole, part])).toMatchObject({ copies: [part], files: ["whole"] });
});

test("what the variables of the prompts send is said, of the fields that are asked alone", () => {
  const caption = newCaptionField({
    modelId: "runware:152@2",
    prompt: "Describe it.",
    sentSize: "auto",
  });
  const withPrompt = (prompt: string, isAsked = true) => ({
    ...caption,
    isAsked,
    recipe: { ...caption.recipe, prompt },
  });
  expect(sentByPrompts([caption])).toContain("no file name, no note, no text that an image has");
  expect(sentByPrompts([withPrompt("At most {max}, about {context}."), caption])).toBe(
    "The prompts also send the greatest length ({max}), your notes on the sheet, the folder and the image ({context}), and no file name.",
  );
  expect(sentByPrompts([caption, withPrompt("Improve {existing} of {file}.")])).toBe(
    "The prompts also send the text that the image has now ({existing}), the file’s name ({file}).",
  );
  expect(sentByPrompts([caption, withPrompt("Improve {existing}.", false)])).toContain(
    "name no variable",
  );
  // This model takes no prompt, so what is typed for it goes nowhere.
  const ages = { ...caption.recipe, modelId: "runware:154@1", prompt: "{file}" };
  expect(sentByPrompts([{ ...caption, recipe: ages }])).toContain("name no variable");
});
