import { expect, test } from "vitest";
import { exampleImage, examplePicture, exampleTask } from "#src/domain/example-rows.ts";
import type { EncodedPicture } from "#src/domain/picture.ts";
import type { ImagePreparer } from "#src/images/image-preparer.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { createPictureSource } from "./picture-source.ts";

const { recipe } = exampleTask({
  recipe: { modelId: "runware:152@2", prompt: "", sentSize: 512 },
});

/** A picture of 1,536 px that is sent at 512; counts the smaller copies and the data URIs that are made. */
async function rig() {
  const world = { made: 0, dataUris: 0, begun: 0 };
  let begin = (): void => undefined;
  const mayBegin = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const ready: ImagePreparer["ready"] = async (copy, sent, signal) => {
    world.begun += 1;
    await mayBegin;
    signal.throwIfAborted();
    const side = sent?.side ?? copy.width;
    const isLarger = copy.width > side;
    if (isLarger) world.made += 1;
    else world.dataUris += 1;
    const small: EncodedPicture = { ...copy, width: side, height: side / 2 };
    const { width, height } = isLarger ? small : copy;
    return { dataUri: "data:,", width, height, bytes: 3, made: isLarger ? small : null };
  };
  const storage = createMemoryStorage();
  await storage.putPicture(examplePicture());
  const source = createPictureSource({
    storageOf: () => storage,
    preparer: async () => ({
      ready,
      prepare: () => Promise.reject(new Error("nothing is taken in here")),
      hashThumbnail: async () => "0000000000000000",
      end: () => undefined,
    }),
    uploads: {
      isAllowed: () => false,
      place: async () => null,
      forget: async () => false,
    },
  });
  const prepare = (signal = new AbortController().signal) =>
    source.prepare(
      exampleImage(),
      { recipe, askedBy: "compare", mount: null },
      { signal, takeSlot: async () => () => undefined },
    );
  return { world, storage, begin: () => begin(), prepare };
}

test("columns that ask at once share one smaller copy, and each takes its own data URI", async () => {
  const { world, storage, begin, prepare } = await rig();
  begin();
  const both = await Promise.all([prepare(), prepare()]);
  expect(world).toMatchObject({ made: 1, dataUris: 2 });
  expect(both.map(({ sent }) => sent.width)).toEqual([512, 512]);
  expect((await storage.readCopy("hash", { side: 512, mount: null }))?.width).toBe(512);
  await prepare();
  expect(world.made).toBe(1);
});

test("a column that is cancelled leaves at once, and the other still gets the copy", async () => {
  const { world, begin, prepare } = await rig();
  const leaving = new AbortController();
  const first = prepare(leaving.signal);
  const second = prepare();
  await expect.poll(() => world.begun).toBe(1);
  leaving.abort();
  await expect(first).rejects.toMatchObject({ failure: { kind: "cancelled" } });
  begin();
  await expect(second).resolves.toMatchObject({ sent: { width: 512 } });
  expect(world).toMatchObject({ made: 1, dataUris: 1 });
});
