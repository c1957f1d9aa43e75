/**
 * Works through all items in order, with at most this many at a time. Rejects with the first that
 * does.
 */
export async function throughAll<Item>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  // One iterator for all lanes: each takes the next item when it is free.
  const iterator = items[Symbol.iterator]();
  const waiting = { [Symbol.iterator]: () => ({ next: () => iterator.next() }) };
  const lane = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
