import type { Sheet } from "./sheet.ts";

/** The most letters of a name that is typed or taken from a folder. */
export const LONGEST_NAME = 120;

/** What a sheet is called that was made at this moment (epoch milliseconds): "29 November 2026", by the local date. */
export function dayName(at: number): string {
  return new Date(at).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}

/** The name, or the first of "name (2)", "name (3)" and so on that no other sheet has. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const names = new Set(taken);
  let name = wanted;
  for (let number = 2; names.has(name); number += 1) name = `${wanted} (${number})`;
  return name;
}

/** Whether nobody has named a sheet so far: it has the name of its day, or what sheets were once called. */
export function isUnnamed({ name, createdAt }: Pick<Sheet, "name" | "createdAt">): boolean {
  const bare = name.replace(/ \(\d+\)$/u, "");
  return bare === dayName(createdAt) || bare === "Untitled sheet";
}
