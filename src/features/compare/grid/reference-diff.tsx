import { useMemo } from "react";
import { referenceChanges } from "./reference-changes.ts";

/** A text against its reference, word by word: what it adds, and what it leaves out. */
export function ReferenceDiff({ reference, text }: { reference: string; text: string }) {
  const { changes, isPart } = useMemo(() => referenceChanges(reference, text), [reference, text]);
  return (
    <div className="rounded border border-line bg-paper px-3 py-2">
      <h4 className="mb-1 text-xs font-semibold text-ink-2">Against the reference</h4>
      <p dir="auto" className="text-sm leading-[1.55] whitespace-pre-line wrap-anywhere">
        {changes.map((change, index) => {
          // oxlint-disable-next-line react/no-array-index-key -- changes have no name but their place
          const key = index;
          if (change.added)
            return (
              <ins key={key} className="decoration-info decoration-2 underline-offset-3">
                {change.value}
              </ins>
            );
          if (change.removed)
            return (
              <del key={key} className="text-ink-2">
                {change.value}
              </del>
            );
          return <span key={key}>{change.value}</span>;
        })}
      </p>
      {isPart && <p className="mt-1 text-xs text-ink-2">Only the beginnings are compared.</p>}
    </div>
  );
}
