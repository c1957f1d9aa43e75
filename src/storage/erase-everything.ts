import { FailureError } from "#src/domain/failure.ts";

/**
 * What this app keeps on a device carries this name: other apps may be served at the same address, and theirs
 * stays.
 */
const NAME = "contact-sheet";

// A sleeping tab may hold the database open until it is woken or closed.
const MOST_WAIT_MS = 10_000;

/** The places where the browser keeps things. */
export interface Places {
  indexedDB: IDBFactory;
  /** Undefined if the browser has none. */
  caches: CacheStorage | undefined;
  texts: readonly Storage[];
}

/**
 * Removes everything that this app keeps on this device: databases, caches, settings, keys. Every tab must have
 * closed the database before. Rejects with storage-broken if one still holds it.
 */
export async function wipeEverything(
  places: Places = { indexedDB, caches: globalThis.caches, texts: [localStorage, sessionStorage] },
): Promise<void> {
  for (const place of places.texts) wipeTexts(place);
  const databases = await places.indexedDB.databases();
  const names = databases.flatMap(({ name }) => (name !== undefined && isOurs(name) ? [name] : []));
  await Promise.all(names.map((name) => deleteDatabase(places.indexedDB, name)));
  for (const name of (await places.caches?.keys()) ?? []) {
    if (isOurs(name)) await places.caches?.delete(name);
  }
  // Something may have been written while the tabs were closing.
  for (const place of places.texts) wipeTexts(place);
}

function wipeTexts(place: Storage): void {
  const keys = Array.from({ length: place.length }, (_, index) => place.key(index));
  for (const key of keys) if (key !== null && isOurs(key)) place.removeItem(key);
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
