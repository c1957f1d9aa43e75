import { diffWordsWithSpace, type ChangeObject } from "diff";
import { useMemo } from "react";
import { MOST_COMPARED_CHARACTERS } from "#src/domain/own-words.ts";
import { shortened } from "#src/lib/shortened.ts";

const LOOKS = {
  ins: "decoration-info decoration-2 underline-offset-3",
  del: "text-ink-2",
  span: undefined,
} as const;

/** A text against its reference, word by word: what it adds, and what it leaves out. */
export function ReferenceDiff({ reference, text }: { reference: string; text: string }) {
  const { changes, isPart } = useMemo(() => referenceChanges(reference, text), [reference, text]);
  return (
    <div className="rounded border border-line bg-paper px-3 py-2">
      <h4 className="mb-1 text-xs font-semibold text-ink-2">Against the reference</h4>
      <p dir="auto" className="text-sm leading-[1.55] whitespace-pre-line wrap-anywhere">
        {changes.map((change, index) => {
          const Tag = change.added ? "ins" : change.removed ? "del" : "span";
          return (
            // oxlint-disable-next-line react/no-array-index-key -- changes have no name but their place
            <Tag key={index} className={LOOKS[Tag]}>
              {change.value}
            </Tag>
          );
        })}
      </p>
      {isPart && <p className="mt-1 text-xs text-ink-2">Only the beginnings are compared.</p>}
    </div>
  );
}

// The work grows with the words and with the changes between them; beyond this nothing is left that reads as a change.
const MOST_CHANGES = 1000;

/** A text against its reference, word by word. `isPart` if one of them is so long that only its beginning counts. */
export function referenceChanges(
  reference: string,
  text: string,
): { changes: readonly ChangeObject<string>[]; isPart: boolean } {
  const before = shortened(reference, MOST_COMPARED_CHARACTERS);
  const after = shortened(text, MOST_COMPARED_CHARACTERS);
  const isPart = before !== reference || after !== text;
  const changes = diffWordsWithSpace(before, after, { maxEditLength: MOST_CHANGES });
  if (changes !== undefined) return { changes, isPart };
  // The texts have next to nothing in common: the one is shown as left out, the other as added.
  const replaced = [
    { value: before, added: false, removed: true, count: 1 },
    { value: after, added: true, removed: false, count: 1 },
  ];
  return { changes: replaced, isPart };
}
