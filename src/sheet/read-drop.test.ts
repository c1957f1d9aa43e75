import { expect, test } from "vitest";
import { toFailure } from "#src/domain/failure.ts";
import { openFile } from "#src/state/pictures/found-file.ts";
import { readDrop } from "./read-drop.ts";
import { type DroppedEntry, type DroppedHandle, holdTransfer } from "./use-add.ts";

/** A folder, a file, or what is thrown by whoever reads it. */
type Tree = ReadonlyMap<string, Tree> | File | DOMException;

const denied = new DOMException("", "NotAllowedError");
const gone = new DOMException("", "NotFoundError");

function folder(inside: Record<string, Tree>): Tree {
  return new Map(Object.entries(inside));
}

function file(name: string): File {
  return new File(["x"], name);
}

/** As the older interface gives it: a folder in batches of a hundred, an empty one at the end. */
function entryOf(name: string, tree: Tree, isDirectory = tree instanceof Map): DroppedEntry {
  return {
    name,
    isDirectory,
    file: (resolve, reject) => (tree instanceof File ? resolve(tree) : reject(tree)),
    createReader: () => {
      const left = tree instanceof Map ? [...tree] : [];
      return {
        readEntries: (resolve, reject) => {
          if (tree instanceof DOMException) reject(tree);
          else resolve(left.splice(0, 100).map(([child, inside]) => childEntry(child, inside)));
        },
      };
    },
  };
}

/** What can't be read is a folder if its name has no dot. */
function childEntry(name: string, tree: Tree): DroppedEntry {
  return entryOf(name, tree, isFolder(name, tree));
}

function isFolder(name: string, tree: Tree): boolean {
  return tree instanceof Map || (tree instanceof DOMException && !name.includes("."));
}

/** The same as the newer interface gives it. */
function handleOf(name: string, tree: Tree): DroppedHandle {
  return {
    name,
    kind: isFolder(name, tree) ? "directory" : "file",
    getFile: () => (tree instanceof File ? Promise.resolve(tree) : Promise.reject(tree)),
    values: async function* values() {
      if (tree instanceof DOMException) throw tree;
      for (const [child, inside] of tree instanceof Map ? tree : []) yield handleOf(child, inside);
    },
  };
}

type Item = Parameters<typeof holdTransfer>[1]["items"] extends Iterable<infer One> ? One : never;

function item(parts: Partial<Item>): Item {
  return { kind: "file", getAsFile: () => null, webkitGetAsEntry: () => null, ...parts };
}

function hold(...items: readonly Item[]) {
  return holdTransfer("drop", { types: ["Files"], getData: () => "", items }).items;
}

async function told(items: ReturnType<typeof hold>) {
  const { files, unread } = await readDrop(items);
  const opened = await Promise.all(
    files.map((one) =>
      openFile(one).then(
        ({ name }) => ("path" in one ? one.path : name),
        (error: unknown) => [one.name, toFailure(error)],
      ),
    ),
  );
  return { opened, unread };
}

const shoot = folder({
  "1.jpg": file("1.jpg"),
  "locked.jpg": denied,
  night: folder({
    "2.jpg": file("2.jpg"),
    late: folder({ "3.jpg": file("3.jpg") }),
    private: denied,
  }),
  "gone.jpg": gone,
});

test.each([
  ["entries", item({ webkitGetAsEntry: () => entryOf("shoot", shoot) })],
  [
    "handles",
    item({
      webkitGetAsEntry: () => entryOf("shoot", shoot),
      getAsFileSystemHandle: () => Promise.resolve(handleOf("shoot", shoot)),
    }),
  ],
])("what can’t be read in a folder is named, and the rest is taken: by %s", async (_, dropped) => {
  const { opened, unread } = await told(hold(dropped));
  expect(opened).toEqual([
    "/shoot/1.jpg",
    ["locked.jpg", { kind: "unreadable-file", what: "file", reason: "barred" }],
    ["gone.jpg", { kind: "unreadable-file", what: "file", reason: "gone" }],
    "/shoot/night/2.jpg",
    "/shoot/night/late/3.jpg",
  ]);
  expect(unread).toEqual([
    {
      name: "shoot/night/private",
      failure: { kind: "unreadable-file", what: "folder", reason: "barred" },
    },
  ]);
});

test("an item that throws is named, and those beside it are taken", async () => {
  const throws = (): never => {
    throw denied;
  };
  const { opened, unread } = await told(
    hold(
      item({ getAsFile: () => file("a.jpg") }),
      item({ getAsFile: throws }),
      item({ webkitGetAsEntry: () => entryOf("b.jpg", gone) }),
      item({ getAsFile: () => file("c.jpg"), webkitGetAsEntry: throws }),
      item({ getAsFile: () => file("d.jpg") }),
    ),
  );
  expect(opened).toEqual(["a.jpg", "c.jpg", "d.jpg"]);
  expect(unread.map(({ name }) => name)).toEqual(["Something in this drop", "b.jpg"]);
});

test("a folder that one interface can’t list is listed by the other", async () => {
  const dropped = item({
    webkitGetAsEntry: () => entryOf("shoot", folder({ "1.jpg": file("1.jpg") })),
    getAsFileSystemHandle: () => Promise.resolve(handleOf("shoot", denied)),
  });
  const refused = item({
    webkitGetAsEntry: () => entryOf("trip", folder({ "2.jpg": file("2.jpg") })),
    getAsFileSystemHandle: () => Promise.reject(denied),
  });
  expect(await told(hold(dropped, refused))).toEqual({
    opened: ["/shoot/1.jpg", "/trip/2.jpg"],
    unread: [],
  });
});

test("a folder of thousands is listed to its end, and none of its files is opened for that", async () => {
  let opened = 0;
  const many = new Map(Array.from({ length: 1_234 }, (_, at) => [`${at}.jpg`, file(`${at}.jpg`)]));
  const entry = entryOf("many", many);
  const { files } = await readDrop(
    hold(
      item({
        webkitGetAsEntry: () => ({
          ...entry,
          createReader: () => {
            const reader = entry.createReader?.();
            return {
              readEntries: (resolve, reject) =>
                reader?.readEntries(
                  (batch) => resolve(batch.map((one) => ({ ...one, file: () => (opened += 1) }))),
                  reject,
                ),
            };
          },
        }),
      }),
    ),
  );
  expect(files).toHaveLength(1_234);
  expect(opened).toBe(0);
});

test("of thousands of files only what may be a folder is asked what it is", () => {
  let asked = 0;
  const webkitGetAsEntry = () => {
    asked += 1;
    return null;
  };
  const photo = file("1.heic");
  hold(
    ...Array.from({ length: 5_000 }, () => item({ getAsFile: () => photo, webkitGetAsEntry })),
    item({ getAsFile: () => file("shoot"), webkitGetAsEntry }),
    item({ getAsFile: () => file("trip.2024"), webkitGetAsEntry }),
  );
  expect(asked).toBe(2);
});
