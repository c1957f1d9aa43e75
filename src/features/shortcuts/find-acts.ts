import type { LiveAct } from "#src/ui/acts.ts";

/** Acts by the heading they are listed under. If two parts of a page offer the same thing, it is one line to read. */
export function groupActs(acts: readonly LiveAct[]): Map<string, LiveAct[]> {
  const groups = new Map<string, LiveAct[]>();
  for (const act of acts) {
    const members = groups.get(act.group) ?? [];
    if (!members.some(({ label }) => label === act.label)) members.push(act);
    groups.set(act.group, members);
  }
  return groups;
}

/** The acts that have every typed word anywhere in their name or heading; without words, all of them. */
export function findActs(acts: readonly LiveAct[], typed: string): LiveAct[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return acts.filter(({ group, label }) => {
    const name = `${group} ${label}`.toLowerCase();
    return words.every((word) => name.includes(word));
  });
}
