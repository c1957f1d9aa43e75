import sharp from "sharp";
import {
  answeredTask,
  exampleImage,
  exampleMark,
  examplePicture,
  exampleSheet,
} from "#src/domain/example-rows.ts";
import type { NewPicture } from "#src/domain/picture.ts";
import { openDiskStorage } from "#src/storage/disk-storage.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import type { ExampleEntry } from "./example-zip.ts";
import { readSheetFile } from "./read-sheet-file.ts";
import { readZipDirectory, readBytes } from "./zip.ts";
import type { Storage } from "#src/storage/storage.ts";
import type { SheetFileReader } from "./read-files.ts";
import { openSheetFile, saveSheetFile } from "./sheet-files.ts";

// For tests: devices with their own storages, and a sheet to carry from one to the other.

export const NOW = 5_000_000;
export const HASH = "a".repeat(64);
export const OTHER_HASH = "b".repeat(64);

export interface Device {
  storages: { disk: Storage; memory: Storage };
  now: () => number;
  newId: () => string;
  /** Reads at once: the worker only passes on what this returns. */
  readSheetFile: SheetFileReader;
}

export type Filled = Awaited<ReturnType<typeof fillSheet>>;

export async function newDevice(): Promise<Device> {
  const disk = await openDiskStorage({ name: crypto.randomUUID(), now: () => NOW });
  return {
    storages: { disk, memory: createMemoryStorage() },
    now: () => NOW,
    newId,
    readSheetFile: readHere,
  };
}

const readHere: SheetFileReader = async (file, options) => ({
  ...(await readSheetFile(file, options)),
  close: () => undefined,
});

export function newId(): string {
  return crypto.randomUUID();
}

export async function fillSheet(device: Device, keeping: "disk" | "memory") {
  const storage = device.storages[keeping];
  const sheet = exampleSheet({
    id: newId(),
    name: "“Häfen” 🦄",
    keeping,
    compare: { blind: true },
  });
  const sheetId = sheet.id;
  const images = [
    exampleImage({ id: newId(), sheetId, preparation: { phase: "ready", pictureHash: HASH } }),
    exampleImage({
      id: newId(),
      sheetId,
      frame: 3,
      source: { kind: "file", fileName: 'a"b\\c 🦄.png', folder: "über/uns" },
      preparation: { phase: "ready", pictureHash: OTHER_HASH },
    }),
    exampleImage({
      id: newId(),
      sheetId,
      frame: 4,
      source: { kind: "url", url: "https://example.org/a.jpg", title: null },
      preparation: { phase: "remote" },
    }),
  ];
  const [first = "", second = ""] = images.map(({ id }) => id);
  const ids = { sheetId, runId: newId() };
  const noon = answeredTask(0);
  const tasks = [
    answeredTask(1900, { ...ids, imageId: first, taskUuid: newId() }),
    answeredTask(700, {
      ...ids,
      imageId: second,
      taskUuid: newId(),
      purse: "sandbox",
      times: { ...noon.times, createdAt: noon.times.createdAt + 1 },
    }),
  ];
  const marks = [
    exampleMark({
      id: newId(),
      sheetId,
      imageId: first,
      shown: tasks.slice(0, 1).map(({ taskUuid }) => taskUuid),
    }),
  ];
  for (const hash of [HASH, OTHER_HASH]) await storage.putPicture(await examplePictureOf(hash));
  await storage.write({ sheets: [sheet], images, tasks, marks });
  return { sheet, images, tasks, marks };
}

export function idsIn({ sheet, images }: Filled): {
  sheetId: string;
  imageId: string;
  runId: string;
} {
  return { sheetId: sheet.id, imageId: images[1]?.id ?? "", runId: newId() };
}

export async function examplePictureOf(hash: string): Promise<NewPicture> {
  const encoded = async (width: number, height: number) => {
    const create = { width, height, channels: 3, background: "#aa7755" } as const;
    const bytes = new Uint8Array(await sharp({ create }).jpeg().toBuffer());
    return { bytes: bytes.buffer, mime: "image/jpeg" as const, width, height };
  };
  const { facts } = examplePicture(hash);
  return { facts, copy: await encoded(1536, 768), thumbnail: await encoded(320, 160) };
}

export async function saveFile(device: Device, { sheet }: Filled): Promise<Blob> {
  return new Response(await saveSheetFile(device, sheet, watch())).blob();
}

export function openFile(device: Device, file: Blob) {
  return openSheetFile(device, file, watch());
}

export function watch() {
  return { signal: new AbortController().signal, onProgress: () => undefined };
}

export async function entriesOf(file: Blob): Promise<ExampleEntry[]> {
  const directory = await readZipDirectory(file);
  return Promise.all(
    [...directory.values()].map(async (entry) => ({
      name: entry.name,
      data: await readBytes(file, entry, 10_000_000),
    })),
  );
}

export function joined(parts: readonly (string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => Buffer.from(part)));
}

export function closeDevice({ storages }: Device): void {
  storages.disk.close();
  storages.memory.close();
}
