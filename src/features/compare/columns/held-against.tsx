import { useId } from "react";
import type { Against } from "#src/domain/compare-settings.ts";
import { useDesk, type Comparison } from "#src/features/compare/compare-desk.ts";
import { againstText } from "#src/features/compare/compare-words.ts";

/** What words and ages are held against: a native select. */
export function HeldAgainst({
  comparison,
  className,
}: {
  comparison: Comparison;
  className: string;
}) {
  const id = useId();
  const desk = useDesk();
  const { settings, columns } = comparison;
  // Which column is which is what a blind vote must not tell.
  const choices: Against[] = [
    { kind: "others" },
    ...(settings.blind
      ? []
      : columns.map(({ column }) => ({ kind: "column", columnId: column.id }) as const)),
    { kind: "reference" },
    { kind: "nothing" },
  ];
  const chosen = choices.findIndex(
    (choice) => JSON.stringify(choice) === JSON.stringify(settings.against),
  );
  return (
    <div className={className}>
      <label htmlFor={id} className="sr-only">
        Mark words
      </label>
      <select
        id={id}
        value={Math.max(0, chosen)}
        onChange={(event) => {
          const against = choices[Number(event.target.value)];
          if (against !== undefined) desk.columns.change({ against });
        }}
        className="w-full truncate rounded border border-line-2 bg-sheet px-1.5 py-1 text-xs text-ink"
      >
        {choices.map((choice, index) => (
          <option key={choice.kind === "column" ? choice.columnId : choice.kind} value={index}>
            {againstText(choice, columns)}
          </option>
        ))}
      </select>
    </div>
  );
}
