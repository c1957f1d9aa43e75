import { expect, test } from "vitest";
import { exampleImage } from "#src/domain/example-rows.ts";
import type { Preparation } from "#src/domain/image.ts";
import { sentSumOf } from "./sent-dialog.tsx";

test("files that are still being prepared are not taken for addresses", () => {
  const preparations: Preparation[] = [
    { phase: "queued" },
    { phase: "preparing" },
    { phase: "ready", pictureHash: "kept" },
    { phase: "remote" },
    { phase: "unseen", pictureHash: "elsewhere" },
  ];
  expect(sentSumOf(preparations.map((preparation) => exampleImage({ preparation })))).toEqual({
    hashes: ["kept"],
    byAddress: 1,
    preparing: 2,
  });
});
