import * as v from "valibot";
import { useMemo } from "react";
import type { FieldId } from "#src/domain/field.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";

export const LAYOUTS = ["list", "grid", "table", "one"] as const;

/** How Caption lays its images out. */
export type Layout = (typeof LAYOUTS)[number];

export const SORT_ORDERS = ["sheet", "name", "folder", "length", "cost", "newest"] as const;

/** What Caption's images are ordered by. */
export type SortOrder = (typeof SORT_ORDERS)[number];

const settingsSchema = v.object({
  layout: v.fallback(v.picklist(LAYOUTS), "list"),
  sort: v.fallback(v.picklist(SORT_ORDERS), "sheet"),
  isDescending: v.fallback(v.boolean(), false),
  includesLater: v.fallback(v.boolean(), true),
  asksFirst: v.fallback(v.boolean(), true),
  asksExisting: v.fallback(v.boolean(), false),
  triggerWords: v.fallback(v.string(), ""),
  columnWidths: v.fallback(v.record(v.string(), v.number()), {}),
  vocabularies: v.fallback(
    v.array(v.object({ fieldId: v.string(), tags: v.array(v.string()) })),
    [],
  ),
});

/** What a sheet remembers of Caption. */
export interface CaptionSettings {
  layout: Layout;
  sort: SortOrder;
  isDescending: boolean;
  /** Whether a run also covers images that are added while it runs. */
  includesLater: boolean;
  /** Whether a key that asks one image again names the price first. */
  asksFirst: boolean;
  /** Whether a run also asks about images that came with a text. */
  asksExisting: boolean;
  /** Words that every text is to have, as typed, parted by commas: what a model is trained by. */
  triggerWords: string;
  /** Of the table, in pixels, by the column’s name. */
  columnWidths: Readonly<Record<string, number>>;
  /** The only tags that a field should have, for the fields that have such a list. */
  vocabularies: readonly Vocabulary[];
}

/** The tags of a field, if they are fixed. */
export interface Vocabulary {
  fieldId: FieldId;
  tags: readonly string[];
}

/** What a sheet stores for Caption; whatever can't be read is as on a new sheet. */
export function parseCaption(stored: unknown): CaptionSettings {
  const parsed = v.safeParse(settingsSchema, stored ?? {});
  return parsed.success ? parsed.output : v.parse(settingsSchema, {});
}

/** Keeps settings of Caption with the sheet. */
export function changeCaption(open: OpenSheet, changed: Partial<CaptionSettings>): Promise<void> {
  const settings = parseCaption(open.store.getState().sheet.caption);
  return open.saveSettings({ caption: { ...settings, ...changed } });
}

/** What the open sheet remembers of Caption. */
export function useCaptionSettings(): CaptionSettings {
  const stored = useSheet((state) => state.sheet.caption);
  return useMemo(() => parseCaption(stored), [stored]);
}
