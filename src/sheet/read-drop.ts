import { fileFailure } from "#src/domain/file-failure.ts";
import type { FoundFile } from "#src/state/pictures/found-file.ts";
import type { RejectedFile } from "#src/state/sheet/sheet-store.ts";
import type { DroppedEntry, DroppedHandle, HeldItem } from "./use-add.ts";

/** What a drop holds: its files in the order they came, and what of it can't be read. */
export interface DropContents {
  files: readonly (File | FoundFile)[];
  unread: readonly RejectedFile[];
}

/** Something in a folder. */
interface Child {
  name: string;
  /** Null for a folder. */
  open: (() => Promise<File>) | null;
  /** What is in it, if it is a folder. */
  children: () => AsyncIterable<Child>;
}

/**
 * Reads what was held of a drop, with all sub-folders. Whatever can't be read is named, and keeps nothing else back. Files
 * in folders are only listed: they are opened one by one, when they are prepared.
 */
export async function readDrop(items: readonly HeldItem[]): Promise<DropContents> {
  const unread: RejectedFile[] = [];
  const read = await Promise.all(
    items.map(async ({ file, entry, handle, error }) => {
      const folder = folderOf((await handle) ?? null, entry ?? null);
      if (folder !== null) return listed(folder, `/${folder.name}`, unread);
      if (file) return [file];
      const name = entry?.name ?? "Something in this drop";
      unread.push({ name, failure: fileFailure(error, "file") });
      return [];
    }),
  );
  return { files: read.flat(), unread };
}

function folderOf(handle: DroppedHandle | null, entry: DroppedEntry | null): Child | null {
  const byHandle = handle?.kind === "directory" ? childOfHandle(handle) : null;
  const byEntry = entry?.isDirectory === true ? childOfEntry(entry) : null;
  if (byHandle === null || byEntry === null) return byHandle ?? byEntry;
  return {
    ...byHandle,
    children: async function* children() {
      const list: Child[] = [];
      try {
        for await (const child of byHandle.children()) list.push(child);
      } catch {
        // Some folders of Windows can be read in only one of the two ways.
        return yield* byEntry.children();
      }
      return yield* list;
    },
  };
}

/** The files of a folder and of those in it. What could be listed before something failed is taken. */
async function listed(folder: Child, path: string, unread: RejectedFile[]): Promise<FoundFile[]> {
  const files: FoundFile[] = [];
  const deeper: Promise<FoundFile[]>[] = [];
  try {
    for await (const child of folder.children()) {
      const { name, open } = child;
      const childPath = `${path}/${name}`;
      if (open === null) deeper.push(listed(child, childPath, unread));
      else files.push({ name, path: childPath, open });
    }
  } catch (error) {
    unread.push({ name: path.slice(1), failure: fileFailure(error, "folder") });
  }
  for (const found of await Promise.all(deeper)) for (const file of found) files.push(file);
  return files;
}

function childOfHandle(handle: DroppedHandle): Child {
  const isFolder = handle.kind === "directory";
  return {
    name: handle.name,
    open: isFolder
      ? null
      : () => handle.getFile?.() ?? Promise.reject(new DOMException("", "NotFoundError")),
    children: async function* children() {
      for await (const child of handle.values?.() ?? []) yield childOfHandle(child);
    },
  };
}

function childOfEntry(entry: DroppedEntry): Child {
  const open = (): Promise<File> =>
    new Promise((resolve, reject) => {
      if (entry.file === undefined) reject(new DOMException("", "NotFoundError"));
      else entry.file(resolve, reject);
    });
  return {
    name: entry.name,
    open: entry.isDirectory ? null : open,
    children: async function* children() {
      const reader = entry.createReader?.();
      if (reader === undefined) return;
      for (;;) {
        // Chromium gives a hundred at a time; an empty batch is the end.
        // oxlint-disable-next-line no-await-in-loop -- one batch after the other
        const batch = await new Promise<DroppedEntry[]>((resolve, reject) => {
          reader.readEntries(resolve, reject);
        });
        if (batch.length === 0) return;
        yield* batch.map(childOfEntry);
      }
    },
  };
}
