import { useId, type ReactNode } from "react";

interface FigureSectionProps {
  title: string;
  children: ReactNode;
}

/** One figure with its heading. */
export function FigureSection({ title, children }: FigureSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <h3 id={id} className="text-control font-semibold">
        {title}
      </h3>
      {children}
    </section>
  );
}

export function Note({ children }: { children: ReactNode }) {
  return <p className="text-xs text-ink-2 text-pretty">{children}</p>;
}

interface FigureTableProps {
  caption: string;
  columns: readonly string[];
  rows: readonly (readonly [string, ...string[]])[];
}

/** A small table of figures; the first cell of a row names it. */
export function FigureTable({ caption, columns, rows }: FigureTableProps) {
  return (
    <table className="figures w-full border-collapse">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line text-left text-ink-2">
          {columns.map((column, index) => (
            <th
              key={column}
              scope="col"
              className={index === 0 ? "py-1 pr-2" : "py-1 pl-2 text-right"}
            >
              {/* A heading without words would be read out as one. */}
              {column === "" ? <span className="sr-only">Figure</span> : column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, ...cells]) => (
          <tr key={name} className="border-b border-line align-top">
            <th scope="row" className="py-1 pr-2 text-left font-medium">
              {name}
            </th>
            {cells.map((cell, index) => (
              <td key={columns[index + 1]} className="py-1 pl-2 text-right">
                <FigureCell text={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** An interval goes to the next line as a whole. */
function FigureCell({ text }: { text: string }) {
  const at = text.indexOf(" (");
  return at < 0 ? (
    text
  ) : (
    <>
      {text.slice(0, at)} <span className="whitespace-nowrap">{text.slice(at + 1)}</span>
    </>
  );
}
