import type { CaptionNote, CaptionReport } from "#src/imports/caption-report.ts";

/** What is said of a caption file, or of several of its lines at once. */
export interface DropNote extends CaptionNote {
  /** The lines of a table that it holds for: how many, and the pictures that the first of them name. */
  lines?: { count: number; names: readonly string[] };
}

/** What became of the texts that came with one drop, as the sheet shows it. */
export interface DropReport extends Omit<CaptionReport, "notes"> {
  notes: readonly DropNote[];
  /** How many conflicts were listed anew, since the text on the sheet was another by the time that one was chosen. */
  changed: number;
  /** Lists the conflicts as they are now: the texts on the sheet may have changed since the drop. */
  relist: () => void;
}
