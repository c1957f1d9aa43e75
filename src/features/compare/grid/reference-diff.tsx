import { MOST_COMPARED_CHARACTERS } from "#src/domain/own-words.ts";
import { shortened } from "#src/lib/shortened.ts";
import { ChangedWords } from "#src/ui/changed-words.tsx";

/** A text against its reference, word by word: what it adds, and what it leaves out. */
export function ReferenceDiff({ reference, text }: { reference: string; text: string }) {
  const before = shortened(reference, MOST_COMPARED_CHARACTERS);
  const after = shortened(text, MOST_COMPARED_CHARACTERS);
  return (
    <div className="rounded border border-line bg-paper px-3 py-2">
      <h4 className="mb-1 text-xs font-semibold text-ink-2">Against the reference</h4>
      <p dir="auto" className="text-sm leading-[1.55]">
        <ChangedWords before={before} after={after} by="model" />
      </p>
      {(before !== reference || after !== text) && (
        <p className="mt-1 text-xs text-ink-2">Only the beginnings are compared.</p>
      )}
    </div>
  );
}
