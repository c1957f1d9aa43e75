import { expect, test } from "vitest";
import { examplePicture } from "#src/domain/example-rows.ts";
import { FailureError } from "#src/domain/failure.ts";
import type { PreparedPicture } from "#src/domain/picture.ts";
import { createOriginals } from "./originals.ts";

function picture(hash: string, original: number, copySide: number): PreparedPicture {
  const example = examplePicture(hash, Math.min(original, copySide));
  return { ...example, facts: { ...example.facts, width: original, height: original / 2 } };
}

/** A pool in which every file is a picture of `sizes[name]` pixels, and "gone" can't be read any more. */
function rig(sizes: Record<string, number>) {
  const made: string[] = [];
  const put: string[] = [];
  const originals = createOriginals({
    storage: {
      putPicture: async ({ facts, copy }) => void put.push(`${facts.hash} ${copy.width}`),
    },
    preparer: async () => ({
      prepare: async (file, { copySide }) => {
        const name = file instanceof File ? file.name : "";
        made.push(name);
        if (name === "gone") throw new FailureError({ kind: "picture-missing" });
        return picture(name, sizes[name] ?? 0, copySide);
      },
    }),
  });
  for (const [name, size] of Object.entries(sizes))
    originals.keep(picture(name, size, 1536), { file: new File(["x"], name), imageId: name });
  return { originals, made, put };
}

test("copies become larger only for files that have more pixels, once, and as far as they go", async () => {
  const { originals, made, put } = rig({ large: 4000, between: 1800, small: 900 });
  await originals.enlarge(1536);
  expect(made).toEqual([]);
  await originals.enlarge(2048);
  await originals.enlarge(2048);
  expect(put.toSorted()).toEqual(["between 1800", "large 2048"]);
});

test("a file that is gone keeps the copy it has, and holds up no other", async () => {
  const { originals, put } = rig({ gone: 4000, large: 4000 });
  await originals.enlarge(2048);
  expect(put).toEqual(["large 2048"]);
});
