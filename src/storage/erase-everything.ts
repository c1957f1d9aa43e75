import { FailureError } from "#src/domain/failure.ts";

/**
 * What this app keeps on a device carries this name, alone or before a dot or a hyphen, wherever it is kept: other apps
 * may be served at the same address, and theirs stays.
 */
const NAME = "contact-sheet";

/** Told to the page as its tab lets go: what was only held in memory, to be written as the page closes, is forgotten. */
export const TAB_ERASED = "contact-sheet.tab-erased";

// A sleeping tab may hold the database open until it is woken or closed.
const MOST_WAIT_MS = 10_000;

/** The places where the browser keeps things. */
export interface Places {
  indexedDB: IDBFactory;
  /** Undefined if the browser has none. */
  caches: Pick<CacheStorage, "keys" | "delete"> | undefined;
  /** The root of the origin's private files. Rejects if the browser has none, or gives none to a private window. */
  files: () => Promise<Pick<FileSystemDirectoryHandle, "keys" | "removeEntry">>;
  texts: readonly Storage[];
}

/**
 * Removes all that this app keeps on this device: databases, caches, private files, settings, keys. Every tab must have
 * closed the database before, and have erased its own texts. Rejects with storage-broken if one still holds it.
 */
export async function eraseEverything(places: Places = placesOfBrowser()): Promise<void> {
  for (const place of places.texts) eraseTexts(place);
  await Promise.all([eraseDatabases(places), eraseCaches(places), eraseFiles(places)]);
  // Something may have been written while the tabs were closing.
  for (const place of places.texts) eraseTexts(place);
}

function placesOfBrowser(): Places {
  return {
    indexedDB,
    caches: globalThis.caches,
    files: async () => navigator.storage.getDirectory(),
    texts: [localStorage, sessionStorage],
  };
}

/** Removes what this tab alone keeps, and what it would still write as its page closes: no other tab can reach it. */
export function eraseTab(tab: Storage = sessionStorage, page: EventTarget = window): void {
  page.dispatchEvent(new Event(TAB_ERASED));
  eraseTexts(tab);
}

function eraseTexts(place: Storage): void {
  const keys = Array.from({ length: place.length }, (_, index) => place.key(index));
  for (const key of keys) if (key !== null && isOurs(key)) place.removeItem(key);
}

async function eraseDatabases({ indexedDB }: Places): Promise<void> {
  const databases = await indexedDB.databases();
  const names = databases.flatMap(({ name }) => (name !== undefined && isOurs(name) ? [name] : []));
  await Promise.all(names.map((name) => deleteDatabase(indexedDB, name)));
}

async function eraseCaches({ caches }: Places): Promise<void> {
  if (caches === undefined) return;
  const names = (await caches.keys()).filter(isOurs);
  await Promise.all(names.map((name) => caches.delete(name)));
}

async function eraseFiles({ files }: Places): Promise<void> {
  const root = await files().catch(() => null);
  if (root === null) return;
  const names: string[] = [];
  for await (const name of root.keys()) if (isOurs(name)) names.push(name);
  await Promise.all(names.map((name) => root.removeEntry(name, { recursive: true })));
}

function deleteDatabase(factory: IDBFactory, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new FailureError({ kind: "storage-broken" }));
    const timer = setTimeout(fail, MOST_WAIT_MS);
    const request = factory.deleteDatabase(name);
    request.addEventListener("success", () => {
      clearTimeout(timer);
      resolve();
    });
    request.addEventListener("error", () => {
      clearTimeout(timer);
      fail();
    });
  });
}

function isOurs(name: string): boolean {
  return name === NAME || name.startsWith(`${NAME}.`) || name.startsWith(`${NAME}-`);
}
