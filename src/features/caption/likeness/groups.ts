/** Puts things that are alike, pair by pair, into groups: a union-find over places from 0 to `count`. */
export function createGroups(count: number) {
  const parents = Int32Array.from({ length: count }, (_, place) => place);
  const rootOf = (place: number): number => {
    let root = place;
    while (parents[root] !== root) {
      // Each look halves the way of the next.
      const above = parents[parents[root] ?? root] ?? root;
      parents[root] = above;
      root = above;
    }
    return root;
  };
  return {
    join: (a: number, b: number): void => {
      const [first, second] = [rootOf(a), rootOf(b)];
      // The root is the first of its group, so that groups come in the order of what they hold.
      parents[Math.max(first, second)] = Math.min(first, second);
    },
    /** Those with at least two members, in the order of their first ones. */
    all: (): number[][] => {
      const groups = new Map<number, number[]>();
      for (let place = 0; place < count; place += 1) {
        const root = rootOf(place);
        const group = groups.get(root);
        if (group === undefined) groups.set(root, [place]);
        else group.push(place);
      }
      return [...groups.values()].filter(({ length }) => length > 1);
    },
  };
}
