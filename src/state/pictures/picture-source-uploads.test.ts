import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { FailureError } from "#src/domain/failure.ts";
import { exampleSheet } from "#src/domain/example-rows.ts";
import { openDiskStorage } from "#src/storage/disk-storage.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import type { Storage } from "#src/storage/storage.ts";
import { allowsUploads, createUploads } from "./picture-source.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const PICTURE = { pictureHash: "hash", side: 1024, mount: null };

/** A service that counts what was left with it. */
function rig(options: { fails?: boolean; via?: string } = {}) {
  const world = { now: 1_000, left: 0, made: 0, slots: 0, mostSlots: 0 };
  const uploads = createUploads({
    client: () => ({
      connection: { kind: "proxy", baseUrl: options.via ?? "https://a/api", upstream: "sandbox" },
      upload: async () => {
        if (options.fails === true)
          throw new FailureError({ kind: "rate-limited", retryAfterMs: 1 });
        world.left += 1;
        return { imageUuid: `upload-${world.left}`, imageUrl: null };
      },
    }),
    isAllowed: () => true,
    now: () => world.now,
    newUuid: () => crypto.randomUUID(),
  });
  const place = (storage: Storage, picture = PICTURE) =>
    uploads.place(storage, picture, {
      makeReady: async () => {
        world.made += 1;
        return { dataUri: "data:,", width: 1024, height: 683, bytes: 900, made: null };
      },
      signal: new AbortController().signal,
      takeSlot: async () => {
        world.slots += 1;
        world.mostSlots = Math.max(world.mostSlots, world.slots);
        return () => {
          world.slots -= 1;
        };
      },
    });
  return { world, uploads, place };
}

function openStorage(): Promise<Storage> {
  return openDiskStorage({ name: crypto.randomUUID(), now: () => 1 });
}

test("columns that come at once share one upload, and later ones need not even prepare the picture", async () => {
  const storage = await openStorage();
  const { world, place } = rig();
  const [first, second] = await Promise.all([place(storage), place(storage)]);
  const later = await rig().place(storage);
  expect(world).toMatchObject({ left: 1, made: 1 });
  expect(first?.picture).toEqual({ kind: "uuid", imageUuid: "upload-1" });
  expect([first, second, later].map((one) => one?.sent.bytes)).toEqual([900, 0, 0]);
  expect(later?.picture).toEqual(first?.picture);
  storage.close();
});

test("leaving a picture takes a slot and gives it back, whatever comes of it; naming one takes none", async () => {
  const storage = await openStorage();
  const well = rig();
  await well.place(storage);
  expect(well.world).toMatchObject({ mostSlots: 1, slots: 0 });
  const later = rig();
  await later.place(storage);
  expect(later.world.mostSlots).toBe(0);
  const badly = rig({ fails: true, via: "https://b/api" });
  await badly.place(storage);
  expect(badly.world).toMatchObject({ mostSlots: 1, slots: 0 });
  storage.close();
});

test("another size, another connection and a stale upload are left there again", async () => {
  const storage = await openStorage();
  const { world, place } = rig();
  await place(storage);
  await place(storage, { ...PICTURE, side: 512 });
  expect(world.left).toBe(2);
  const other = rig({ via: "https://b/api" });
  await other.place(storage);
  expect(other.world.left).toBe(1);
  world.now += 29 * DAY_MS;
  await place(storage);
  expect(world.left).toBe(3);
  storage.close();
});

test("an upload the service forgot is left there again, once", async () => {
  const storage = await openStorage();
  const { world, uploads, place } = rig();
  const first = await place(storage);
  const stale = first?.picture ?? { kind: "uuid", imageUuid: "?" };
  expect(await uploads.forget(stale)).toBe(true);
  const second = await place(storage);
  expect(second?.picture).toEqual({ kind: "uuid", imageUuid: "upload-2" });
  // A task that was still under way with the old name may try again; if the new name fails too, it was not
  // forgotten.
  expect(await uploads.forget(stale)).toBe(true);
  expect(await uploads.forget(second?.picture ?? stale)).toBe(false);
  expect(await uploads.forget({ kind: "url", url: "https://example.org/a.jpg" })).toBe(false);
  expect(world.left).toBe(2);
  storage.close();
});

test("if leaving it there fails, it is sent instead", async () => {
  const storage = await openStorage();
  expect(await rig({ fails: true }).place(storage)).toBeNull();
  storage.close();
});

test("memory keeps no note of uploads, and a memory-only sheet allows none", async () => {
  const storage = createMemoryStorage();
  const { world, place } = rig();
  await place(storage);
  await place(storage);
  expect(world.left).toBe(2);
  const allowed = exampleSheet({ compare: { uploadsOnce: true } });
  expect(allowsUploads(allowed)).toBe(true);
  expect(allowsUploads({ ...allowed, keeping: "memory" })).toBe(false);
  expect(allowsUploads({ ...allowed, compare: { uploadsOnce: false } })).toBe(false);
  expect(allowsUploads({ ...allowed, compare: null })).toBe(false);
});
