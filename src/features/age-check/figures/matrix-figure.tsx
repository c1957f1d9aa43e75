import { formatPercent } from "#src/lib/format-percent.ts";
import { rule } from "#src/domain/age-overlap.ts";
import type { ImageId } from "#src/domain/image.ts";
import {
  groupsNamedIn,
  type ConfusionTable,
  type OutcomeColumn,
  type TruthRow,
} from "#src/statistics/age-figures.ts";
import { classNames } from "#src/lib/class-names.ts";
import type { Shown } from "./figures.ts";
import { useAgeDesk } from "#src/features/age-check/age-desk.ts";
import { FigureSection, Note } from "./figure-section.tsx";
import { columnName, rowName, tooFewText } from "./words.ts";

/** What was true against what the model said; a press on a cell shows its faces. */
export function MatrixFigure({ confusion }: { confusion: Shown<ConfusionTable> }) {
  return (
    <FigureSection title="Where it goes wrong">
      {confusion.kind === "too-few" ? (
        <Note>{tooFewText("The table", confusion)}</Note>
      ) : (
        <>
          <Matrix table={confusion.figure} />
          <Note>
            Rows: what is true. Columns: what the model said. Shares are of the row’s answers with a
            group. Press a number to see its faces.
          </Note>
        </>
      )}
    </FigureSection>
  );
}

function Matrix({ table }: { table: ConfusionTable }) {
  const { rows, columns, cells } = table;
  return (
    <div className="-mx-1 overflow-x-auto px-1 pb-1">
      <table className="w-full table-fixed border-separate border-spacing-0.5 text-center font-mono text-[0.6875rem] font-medium tracking-[-0.04em]">
        <caption className="sr-only">True groups in rows, the model’s in columns</caption>
        <thead>
          <tr>
            <td className="w-12">
              <span className="sr-only">True, then said</span>
            </td>
            {columns.map((column) => (
              <th
                key={columnName(column)}
                scope="col"
                className="px-px py-1 align-bottom font-medium text-ink-2"
              >
                {breakable(columnName(column))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={rowName(row)}>
              <th scope="row" className="pr-1 text-right font-medium text-ink-2">
                {breakable(rowName(row))}
              </th>
              {columns.map((column, across) => (
                <Cell
                  key={columnName(column)}
                  row={row}
                  column={column}
                  imageIds={cells[at]?.[across] ?? []}
                  rowTotal={groupsNamedIn(table, at)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  row: TruthRow;
  column: OutcomeColumn;
  imageIds: readonly ImageId[];
  rowTotal: number;
}

function Cell({ row, column, imageIds, rowTotal }: CellProps) {
  const { view } = useAgeDesk();
  if (imageIds.length === 0)
    return (
      <td className="h-9 rounded-[3px] bg-paper">
        <span className="sr-only">0</span>
      </td>
    );
  const share = column.kind === "group" && rowTotal > 0 ? imageIds.length / rowTotal : null;
  const label = `true ${rowName(row)}, said ${columnName(column)}`;
  const tone = toneOf(row, column);
  return (
    <td className="h-9 p-0">
      <button
        type="button"
        aria-label={`${imageIds.length}: ${label}${share === null ? "" : `, ${formatPercent(share)} of the row`}`}
        onClick={() => view.setState({ mode: "grid", panel: "faces", focus: { label, imageIds } })}
        style={
          tone === "right"
            ? {
                backgroundColor: `color-mix(in oklab, var(--ink) ${10 + Math.round((share ?? 0) * 22)}%, var(--sheet))`,
              }
            : undefined
        }
        className={classNames(
          "size-full min-w-6 rounded-[3px] py-1 leading-tight hover:outline-1 hover:outline-ink-3",
          tone === "wrong" && "bg-warn-wash text-warn",
          tone === "neither" && "bg-paper",
        )}
      >
        <span className="block font-semibold">{imageIds.length}</span>
        {share !== null && (
          <span className="block text-[0.5625rem]">{Math.round(share * 100)}%</span>
        )}
      </button>
    </td>
  );
}

function toneOf(row: TruthRow, column: OutcomeColumn): "right" | "wrong" | "neither" {
  if (row.kind !== "group" || column.kind !== "group") return "neither";
  const ruling = rule(row.range, column.range);
  return ruling === "undecidable" ? "neither" : ruling;
}

/** Narrow columns break a range after its dash. */
function breakable(name: string) {
  const [low, high] = name.split("–");
  return high === undefined ? (
    name
  ) : (
    <>
      {low}–<wbr />
      {high}
    </>
  );
}
