import type { Field, FieldId, Fields } from "#src/domain/field.ts";
import type { SortOrder } from "#src/features/caption/settings.ts";

/** A column of the table. */
export interface TableColumn {
  /** Under which its width is remembered. */
  id: string;
  kind: "image" | "name" | "text" | "length" | "state" | "cost" | "reviewed";
  title: string;
  /** Of a column of texts, which alone can be written in. */
  fieldId: FieldId | null;
  /** Of the column of lengths: whose texts are measured. */
  measures: FieldId | null;
  /** At least; columns of texts share what is left, until the user sets their width. */
  widthPx: number;
  grows: boolean;
  /** What pressing its head orders by. */
  sort: SortOrder | null;
}

const LEAST_WIDTH_PX = 48;
const MOST_WIDTH_PX = 1600;
/** Number, checkbox and picture always fit. */
const IMAGE_WIDTH_PX = 106;
const FIRST_TEXT_PX = 240;
const TEXT_PX = 190;

/** The table's columns for these fields, as wide as the sheet remembers them. `measured` is whose length is shown. */
export function tableColumns(
  fields: Fields,
  measured: Field,
  widths: Readonly<Record<string, number>>,
): TableColumn[] {
  const column = (
    id: string,
    parts: Pick<TableColumn, "kind" | "title" | "sort"> &
      Partial<Pick<TableColumn, "fieldId" | "measures">> & { usualPx: number },
  ): TableColumn => {
    const { usualPx, fieldId = null, measures = null, ...rest } = parts;
    const set = widths[id];
    return {
      id,
      ...rest,
      fieldId,
      measures,
      widthPx: set === undefined ? usualPx : boundedWidth(set),
      grows: fieldId !== null && set === undefined,
    };
  };
  const length = fields.length === 1 ? "Length" : `Length of ${measured.name.toLowerCase()}`;
  return [
    column("image", { kind: "image", title: "Image", sort: "sheet", usualPx: IMAGE_WIDTH_PX }),
    column("name", { kind: "name", title: "Folder / name", sort: "folder", usualPx: 236 }),
    ...fields.map(({ id, name }, index) =>
      column(`field:${id}`, {
        kind: "text",
        title: name,
        sort: null,
        usualPx: index === 0 ? FIRST_TEXT_PX : TEXT_PX,
        fieldId: id,
      }),
    ),
    column("length", {
      kind: "length",
      title: length,
      sort: "length",
      usualPx: 82,
      measures: measured.id,
    }),
    column("state", { kind: "state", title: "State", sort: null, usualPx: 164 }),
    column("cost", { kind: "cost", title: "Cost", sort: "cost", usualPx: 82 }),
    column("reviewed", { kind: "reviewed", title: "Reviewed", sort: null, usualPx: 82 }),
  ];
}

/** A width that can be seen and got rid of again. */
export function boundedWidth(widthPx: number): number {
  return Math.round(Math.min(MOST_WIDTH_PX, Math.max(LEAST_WIDTH_PX, widthPx)));
}

/** The columns as a value of CSS’s `grid-template-columns`, and the least width of them all. */
export function columnLayout(columns: readonly TableColumn[]): { tracks: string; widthPx: number } {
  return {
    tracks: columns
      .map(({ widthPx, grows }) => (grows ? `minmax(${widthPx}px, 1fr)` : `${widthPx}px`))
      .join(" "),
    widthPx: columns.reduce((sum, { widthPx }) => sum + widthPx, 0),
  };
}
