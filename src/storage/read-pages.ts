/** A store or one of its indexes, inside any transaction. */
interface Pageable<Key> {
  getAll(query: IDBKeyRange, count: number): Promise<unknown[]>;
  getAllKeys(query: IDBKeyRange, count: number): Promise<Key[]>;
}

// Large enough to be fast, small enough that the thread is free for a frame after parsing one page.
const PAGE_ROWS = 400;

/** Reads a range of a store page by page, so that the thread is free between two pages. */
export async function readPages<Key extends IDBValidKey>(
  store: Pageable<Key>,
  range: IDBKeyRange,
  take: (rows: unknown[], keys: Key[]) => void,
): Promise<void> {
  let rest = range;
  for (;;) {
    const [keys, rows] = await Promise.all([
      store.getAllKeys(rest, PAGE_ROWS),
      store.getAll(rest, PAGE_ROWS),
    ]);
    take(rows, keys);
    const last = keys.at(-1);
    if (last === undefined || keys.length < PAGE_ROWS) return;
    rest = IDBKeyRange.bound(last, range.upper, true, range.upperOpen);
  }
}

/** Asks for many keys of one store, a page at a time. */
export async function readEach<Key, Row>(
  keys: readonly Key[],
  read: (key: Key) => Promise<Row>,
): Promise<Row[]> {
  const found: Row[] = [];
  for (let from = 0; from < keys.length; from += PAGE_ROWS)
    // Async, so that one that throws at once does not leave the others' rejections unhandled.
    found.push(
      ...(await Promise.all(keys.slice(from, from + PAGE_ROWS).map(async (key) => read(key)))),
    );
  return found;
}
