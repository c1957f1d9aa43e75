import { expect, test } from "vitest";
import { exampleImage, examplePicture, exampleSheet } from "#src/domain/example-rows.ts";
import { FailureError } from "#src/domain/failure.ts";
import { FEATURELESS } from "#src/domain/picture.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { hashThumbnails } from "./perceptual-hashes.ts";

const NAMES = Array.from({ length: 100 }, (_, at) => `picture ${at}`);

async function rig() {
  const storage = createMemoryStorage();
  for (const name of NAMES) await storage.putPicture(examplePicture(name));
  const images = NAMES.map((name, at) =>
    exampleImage({ id: name, frame: at + 1, preparation: { phase: "ready", pictureHash: name } }),
  );
  await storage.write({ sheets: [exampleSheet()], images });
  const leaving = new AbortController();
  const world = { hashed: 0, atOnce: 0, most: 0, told: 0, breaksAt: Infinity };
  const hashThumbnail = async () => {
    world.atOnce += 1;
    world.most = Math.max(world.most, world.atOnce);
    await new Promise((resolve) => setImmediate(resolve));
    world.atOnce -= 1;
    world.hashed += 1;
    if (world.hashed === world.breaksAt)
      throw new FailureError({ kind: "unreadable-image", reason: "damaged" });
    return "a5c3ffee12345678";
  };
  const made = new Map<string, string>();
  const parts = {
    storage,
    preparer: async () => ({ hashThumbnail }),
    signal: leaving.signal,
    made,
    tell: () => {
      world.told += 1;
    },
  };
  return {
    world,
    made,
    kept: async () =>
      (await storage.readSheet("sheet"))?.pictures.map(({ perceptualHash }) => perceptualHash),
    leave: () => leaving.abort(),
    run: (names: string[]) => hashThumbnails(names, parts),
  };
}

test("older pictures are hashed from their thumbnails, a few at a time, and the screen is told now and then", async () => {
  const { world, made, run, kept } = await rig();
  await run(NAMES);
  expect([...made.keys()].toSorted()).toEqual(NAMES.toSorted());
  expect(world.most).toBeLessThanOrEqual(4);
  expect(world.told).toBe(1);
  expect(await kept()).toEqual(NAMES.map(() => "a5c3ffee12345678"));
});

test("a thumbnail that is gone or broken is like no other, and the rest is hashed", async () => {
  const { world, made, run } = await rig();
  world.breaksAt = 2;
  await run(["nowhere", ...NAMES.slice(0, 3)]);
  const looks = [...made.values()];
  expect(looks).toHaveLength(4);
  expect(looks.filter((hash) => hash === FEATURELESS)).toHaveLength(2);
  expect(made.get("nowhere")).toBe(FEATURELESS);
});

test("whoever leaves stops it, and nothing is said of what was not looked at", async () => {
  const { made, run, leave } = await rig();
  const running = run(NAMES);
  leave();
  await running;
  expect(made.size).toBe(0);
});
