import * as fc from "fast-check";
import { expect, test } from "vitest";
import { FEATURELESS } from "#src/domain/picture.ts";
import { createSeededRandom } from "#src/lib/seeded-random.ts";
import { groupPictures, NEARNESS, summaryOf, type ComparedPicture } from "./near-pictures.ts";

function picture(id: string, change: Partial<ComparedPicture> = {}): ComparedPicture {
  return { id, pictureHash: id, perceptualHash: null, width: 400, height: 300, ...change };
}

function grouped(pictures: readonly ComparedPicture[], mostBits: number = NEARNESS.similar) {
  const work = groupPictures(pictures, mostBits);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** The hash with these of its 64 bits turned. */
function turned(hash: string, bits: readonly number[]): string {
  const mask = bits.reduce((sum, bit) => sum ^ (1n << BigInt(bit)), 0n);
  return (BigInt(`0x${hash}`) ^ mask).toString(16).padStart(16, "0");
}

const HASH = "a5c3ffee12345678";

test("the same bytes in several folders are a group, and near pictures are one with them", () => {
  const near = { perceptualHash: turned(HASH, [0, 31, 32, 63]), pictureHash: "smaller" };
  const pictures = [
    picture("one", { pictureHash: "bytes", perceptualHash: HASH }),
    picture("other", {
      perceptualHash: turned(
        HASH,
        Array.from({ length: 30 }, (_, at) => at * 2),
      ),
    }),
    picture("two", { pictureHash: "bytes", perceptualHash: HASH }),
  ];
  expect(grouped(pictures)).toEqual([{ is: "same", ids: ["one", "two"] }]);
  expect(grouped([...pictures, picture("three", near)])).toEqual([
    { is: "near", ids: ["one", "two", "three"] },
  ]);
});

test("as many bits as are allowed may differ, and not one more", () => {
  for (const mostBits of Object.values(NEARNESS)) {
    const bits = Array.from({ length: mostBits }, (_, at) => at * 6);
    const a = picture("a", { perceptualHash: HASH });
    const b = (some: number[]) => picture("b", { perceptualHash: turned(HASH, some) });
    expect(grouped([a, b(bits)], mostBits)).toHaveLength(1);
    expect(grouped([a, b([...bits, 5])], mostBits)).toEqual([]);
  }
});

test("what says nothing of its looks is like no other, unless its bytes are the same", () => {
  const flat = Array.from({ length: 5 }, (_, at) =>
    picture(`flat ${at}`, { perceptualHash: FEATURELESS }),
  );
  const old = Array.from({ length: 3 }, (_, at) => picture(`old ${at}`));
  const remote = [picture("r1", { pictureHash: null }), picture("r2", { pictureHash: null })];
  expect(grouped([...flat, ...old, ...remote])).toEqual([]);
  expect(grouped([...flat, picture("again", { pictureHash: "flat 3" })])).toEqual([
    { is: "same", ids: ["flat 3", "again"] },
  ]);
});

test("a picture of another shape is another picture, however alike the averages are", () => {
  const upright = { perceptualHash: HASH, width: 300, height: 400 };
  expect(grouped([picture("a", { perceptualHash: HASH }), picture("b", upright)])).toEqual([]);
  const smaller = { perceptualHash: HASH, width: 131, height: 98 };
  expect(grouped([picture("a", { perceptualHash: HASH }), picture("b", smaller)])).toHaveLength(1);
});

test("groups are what a chain of near pictures reaches, each image is in one at most, in the sheet’s order", () => {
  const link = fc.record({ to: fc.nat(12), bits: fc.uniqueArray(fc.nat(63), { maxLength: 3 }) });
  fc.assert(
    fc.property(fc.array(link, { minLength: 1, maxLength: 12 }), fc.nat(), (links, seed) => {
      const random = createSeededRandom(seed);
      const hashes: string[] = [];
      for (const { to, bits } of links) {
        const from = hashes[to % Math.max(1, hashes.length)];
        const fresh = Array.from({ length: 64 }, (_, bit) => bit).filter(() => random() < 0.5);
        hashes.push(from === undefined || to > 8 ? turned(FEATURELESS, fresh) : turned(from, bits));
      }
      const pictures = hashes.map((hash, at) => picture(`${at}`, { perceptualHash: hash }));
      const groups = grouped(pictures, 3);
      const members = groups.flatMap(({ ids }) => ids);
      expect(new Set(members).size).toBe(members.length);
      for (const { ids } of groups)
        expect(ids.map(Number)).toEqual(ids.map(Number).toSorted((a, b) => a - b));
      const groupOf = (id: number) => groups.findIndex(({ ids }) => ids.includes(`${id}`));
      for (const [a, hash] of hashes.entries())
        for (const [b, other] of hashes.entries()) {
          const differing = (BigInt(`0x${hash}`) ^ BigInt(`0x${other}`)).toString(2).split("");
          const isNear = differing.filter((digit) => digit === "1").length <= 3;
          if (a === b || !isNear || hash === FEATURELESS || other === FEATURELESS) continue;
          expect(groupOf(a)).toBe(groupOf(b));
          expect(groupOf(a)).not.toBe(-1);
        }
    }),
  );
});

test("5,000 pictures are grouped in steps short enough for the page", () => {
  const random = createSeededRandom(1);
  const digit = () => Math.floor(random() * 16).toString(16);
  const fresh = () => Array.from({ length: 16 }, digit).join("");
  const pictures = Array.from({ length: 5_000 }, (_, at) =>
    picture(`${at}`, { perceptualHash: at % 10 === 9 ? HASH : fresh() }),
  );
  const work = groupPictures(pictures, NEARNESS.similar);
  let steps = 0;
  for (;;) {
    const step = work.next();
    if (step.done === true) {
      expect(step.value.map(({ ids }) => ids.length)).toEqual([500]);
      break;
    }
    steps += 1;
  }
  expect(steps).toBeGreaterThan(100);
});

test("before anything is compared nobody is told that nothing looks alike", () => {
  expect(summaryOf(null, 0)).toBe("Looking…");
  expect(summaryOf([], 0)).toBe("No two pictures look alike.");
  expect(summaryOf([], 3)).toBe("3 older pictures still to be looked at…");
  const groups = [
    { is: "near", ids: ["a", "b"] },
    { is: "same", ids: ["c", "d"] },
  ] as const;
  expect(summaryOf(groups, 1)).toBe(
    "1 group of pictures that look alike · 1 file in several places · 1 older picture still to be looked at…",
  );
});
