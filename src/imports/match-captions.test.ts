import * as fc from "fast-check";
import { expect, test } from "vitest";
import { drained } from "#src/lib/drained.ts";
import { matchCaptions, type CaptionedImage } from "./match-captions.ts";
import { readCaptionFile, TRUST, type CaptionEntry } from "./read-caption-file.ts";

function image(path: string, change: Partial<CaptionedImage> = {}): CaptionedImage {
  const at = path.lastIndexOf("/");
  const [folder, name] = [path.slice(0, Math.max(0, at)), path.slice(at + 1)];
  return { id: path, folder, name, hash: null, isNew: false, ...change };
}

function entry(path: string, change: Partial<CaptionEntry> = {}): CaptionEntry {
  return {
    paths: [path],
    isStem: true,
    hash: null,
    texts: [{ target: { kind: "description" }, text: path, isSimulated: false }],
    from: { kind: "sidecar", name: path },
    trust: 5,
    ...change,
  };
}

function found(entries: readonly CaptionEntry[], images: readonly CaptionedImage[]) {
  const { byImage, unmatched, ambiguous } = drained(matchCaptions(entries, images));
  const names = (some: readonly CaptionEntry[]) => some.map(({ from }) => from.name);
  return {
    byImage: Object.fromEntries([...byImage].map(([id, own]) => [id, names(own)])),
    unmatched: names(unmatched),
    ambiguous: names(ambiguous),
  };
}

test("the path counts first, then a name that only one image has, wherever it is", () => {
  const images = [image("a/1.jpg"), image("b/1.jpg"), image("b/2.png")];
  const entries = [entry("a/1"), entry("elsewhere/2"), entry("1"), entry("3")];
  expect(found(entries, images)).toEqual({
    byImage: { "a/1.jpg": ["a/1"], "b/2.png": ["elsewhere/2"] },
    ambiguous: ["1"],
    unmatched: ["3"],
  });
});

test("a folder that was dropped on its own finds its images inside a larger one, and the other way round", () => {
  const images = [image("shoot/a/1.jpg"), image("shoot/b/1.jpg"), image("c/1.jpg")];
  const entries = [entry("a/1"), entry("all/shoot/b/1"), entry("d/1")];
  expect(found(entries, images)).toEqual({
    byImage: { "shoot/a/1.jpg": ["a/1"], "shoot/b/1.jpg": ["all/shoot/b/1"] },
    ambiguous: ["d/1"],
    unmatched: [],
  });
});

test("two pictures of one name, or one place, are told apart by the ending, the drop and the bytes", () => {
  const images = [
    image("1.jpg", { hash: "one" }),
    image("1.png", { hash: "two" }),
    image("2.jpg", { id: "old" }),
    image("2.jpg", { id: "new", isNew: true }),
  ];
  const entries = [
    entry("1"),
    entry("1.png"),
    entry("2"),
    entry("1", { hash: "one", from: { kind: "table", name: "by bytes" } }),
  ];
  expect(found(entries, images)).toEqual({
    byImage: { "1.png": ["1.png"], new: ["2"], "1.jpg": ["by bytes"] },
    ambiguous: ["1"],
    unmatched: [],
  });
});

test("a renamed file is found by its bytes, and an exported path counts whatever folder the table is in", () => {
  const images = [image("a/renamed.jpg", { hash: "h" }), image("a/1.jpg"), image("b/1.jpg")];
  const table = { isStem: false, from: { kind: "table", name: "our.csv" } } as const;
  const entries = [
    entry("x/old.jpg", { ...table, hash: "h" }),
    entry("", { ...table, paths: ["downloads/b/1.jpg", "b/1.jpg"] }),
  ];
  expect(found(entries, images).byImage).toEqual({
    "a/renamed.jpg": ["our.csv"],
    "b/1.jpg": ["our.csv"],
  });
});

test("names are the same however Unicode writes them, and without case only if nothing else fits", () => {
  const images = [image("caf\u00e9.jpg"), image("Lamp.jpg"), image("lamp.jpg"), image("DESK.JPG")];
  const entries = [entry("cafe\u0301"), entry("Lamp"), entry("LAMP"), entry("desk")];
  expect(found(entries, images)).toEqual({
    byImage: { "caf\u00e9.jpg": ["cafe\u0301"], "Lamp.jpg": ["Lamp"], "DESK.JPG": ["desk"] },
    ambiguous: ["LAMP"],
    unmatched: [],
  });
});

test("a text from another folder never competes with the one beside the picture, in whatever order", () => {
  const images = [image("set/train/0001.jpg"), image("set/train/0002.jpg")];
  const table = { kind: "table", name: "test.csv" } as const;
  const entries = [
    entry("set/test/0001"),
    entry("set/train/0001"),
    entry("set/test/0002"),
    entry("set/test/0001", { from: table, trust: TRUST.own }),
    entry("set/train/0001.jpg", { from: { ...table, name: "train.csv" }, trust: TRUST.table }),
  ];
  const expected = {
    byImage: {
      "set/train/0001.jpg": ["set/train/0001", "test.csv", "train.csv"],
      "set/train/0002.jpg": ["set/test/0002"],
    },
    ambiguous: [],
    unmatched: ["set/test/0001"],
  };
  expect(found(entries, images)).toEqual(expected);
  expect(found(entries.toReversed(), images)).toMatchObject({ unmatched: ["set/test/0001"] });
  // It is looked for again once all pictures are known, and by then the other is settled.
  const { unmatched } = drained(matchCaptions(entries, images));
  expect(found(unmatched, images)).toEqual({ ...expected, byImage: {} });
  const moved = [...images, image("set/test/0001.jpg")];
  expect(found(unmatched, moved).byImage).toEqual({ "set/test/0001.jpg": ["set/test/0001"] });
});

const letter = fc.constantFrom("a", "b", "A", "é", "e\u0301");
const path = fc
  .tuple(fc.constantFrom("", "x", "y", "x/y"), letter, fc.constantFrom(".jpg", ".png"))
  .map(([folder, name, ending]) => (folder === "" ? name + ending : `${folder}/${name}${ending}`));

test("each caption goes to one image or to none, whatever the order, and never past one at its own path", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(path, { maxLength: 9, selector: (one) => one.normalize("NFC") }),
      fc.array(path, { maxLength: 9 }),
      fc.boolean(),
      (places, wanted, isStem) => {
        const images = places.map((one) => image(one));
        const entries = wanted.map((one, index) =>
          entry(isStem ? one.slice(0, -4) : one, {
            isStem,
            from: { kind: "table", name: `${index}` },
          }),
        );
        const forwards = found(entries, images);
        const all = [
          ...Object.values(forwards.byImage).flat(),
          ...forwards.unmatched,
          ...forwards.ambiguous,
        ];
        expect(all.toSorted()).toEqual(entries.map(({ from }) => from.name).toSorted());
        const backwards = found(entries.toReversed(), images.toReversed());
        expect(backwards.unmatched.toReversed()).toEqual(forwards.unmatched);
        expect(backwards.ambiguous.toReversed()).toEqual(forwards.ambiguous);
        for (const [index, one] of wanted.entries()) {
          const exact = places.find((place) => place.normalize("NFC") === one.normalize("NFC"));
          if (exact !== undefined && !isStem) expect(forwards.byImage[exact]).toContain(`${index}`);
        }
      },
    ),
  );
});

test("5,000 texts beside 5,000 pictures find each other", () => {
  const images = Array.from({ length: 5_000 }, (_, at) => image(`shoot/${at % 50}/${at}.jpg`));
  const entries = images.flatMap(({ folder, name }) => {
    const source = { name: name.replace("jpg", "txt"), folder };
    const bytes = new TextEncoder().encode(`Picture ${name}`);
    return drained(readCaptionFile({ ...source, bytes }, ["Caption"])).entries;
  });
  const { byImage, unmatched, ambiguous } = drained(matchCaptions(entries, images));
  expect([byImage.size, unmatched.length, ambiguous.length]).toEqual([5_000, 0, 0]);
});

test("a text beside an image is not that of its parts, which have their own", () => {
  const images = [image("a/photo.jpg"), image("a/photo.jpg#1"), image("a/photo.jpg#2")];
  expect(found([entry("a/photo"), entry("a/photo#2")], images)).toEqual({
    byImage: { "a/photo.jpg": ["a/photo"], "a/photo.jpg#2": ["a/photo#2"] },
    ambiguous: [],
    unmatched: [],
  });
});
