import { expect, test } from "vitest";
import examples from "#src/contract/published-examples.json" with { type: "json" };
import { PUBLISHED_PICTURES } from "./published-pictures.ts";

test("lists the pictures of the published examples, by their titles", () => {
  expect(PUBLISHED_PICTURES).toEqual(
    examples.map(({ title, request }) => ({ title, url: request.inputs.image })),
  );
});
