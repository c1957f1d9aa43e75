import { vi } from "vitest";

/**
 * Makes indexes answer as WebKit's do (seen in WebKitGTK 2.50): a row with null or a boolean at the indexed path is in
 * the index, below every number, and comes with each range that has no lower bound. Returns the function that undoes
 * it.
 */
export function answerAsWebKit(): () => void {
  // oxlint-disable-next-line typescript/unbound-method -- each is applied to the index it is called on.
  const { count, getAll, getAllKeys } = IDBIndex.prototype;
  const doubles = [
    vi.spyOn(IDBIndex.prototype, "getAllKeys").mockImplementation(function (
      this: IDBIndex,
      ...query
    ) {
      const low = lowEntries(this, query[0]);
      return changed(getAllKeys.apply(this, query), (keys) => [...low().map(keyOf), ...keys]);
    }),
    vi.spyOn(IDBIndex.prototype, "getAll").mockImplementation(function (this: IDBIndex, ...query) {
      const low = lowEntries(this, query[0]);
      return changed(getAll.apply(this, query), (rows) => [...low().map(rowOf), ...rows]);
    }),
    vi.spyOn(IDBIndex.prototype, "count").mockImplementation(function (this: IDBIndex, ...query) {
      const low = lowEntries(this, query[0]);
      return changed(count.apply(this, query), (found) => low().length + found);
    }),
  ];
  return () => {
    for (const double of doubles) double.mockRestore();
  };
}

/** Makes indexes answer with every row of their store, whatever was asked: an index that is completely wrong. */
export function answerWithEveryRow(): () => void {
  const double = vi.spyOn(IDBIndex.prototype, "getAllKeys").mockImplementation(function (
    this: IDBIndex,
  ) {
    return this.objectStore.getAllKeys();
  });
  return () => double.mockRestore();
}

type Entry = [key: IDBValidKey, row: unknown];

// Requested before the index itself, so that they are there when it answers.
function lowEntries(index: IDBIndex, query: unknown): () => Entry[] {
  const { keyPath } = index;
  const isOpenBelow = query === undefined || query === null || isWithoutLower(query);
  if (!isOpenBelow || typeof keyPath !== "string") return () => [];
  const rows = index.objectStore.getAll();
  const keys = index.objectStore.getAllKeys();
  return () =>
    keys.result.flatMap((key, at): Entry[] => {
      const row: unknown = rows.result[at];
      const value = valueAt(row, keyPath);
      return value === null || typeof value === "boolean" ? [[key, row]] : [];
    });
}

function isWithoutLower(query: unknown): boolean {
  return query instanceof IDBKeyRange && query.lower === undefined;
}

function valueAt(row: unknown, keyPath: string): unknown {
  let value = row;
  for (const name of keyPath.split("."))
    value = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  return value;
}

function keyOf([key]: Entry): IDBValidKey {
  return key;
}

function rowOf([, row]: Entry): unknown {
  return row;
}

function changed<Result>(
  request: IDBRequest<Result>,
  change: (result: Result) => Result,
): IDBRequest<Result> {
  return new Proxy(request, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target);
      if (name === "result") return change(target.result);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
