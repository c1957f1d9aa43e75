import { promptParts } from "#src/domain/prompt-variables.ts";

/** Grounds behind the variables of a prompt. It lies under the text area, and has its type, padding and scroll offset. */
export function VariableMarks({ text, scrollPx }: { text: string; scrollPx: number }) {
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 overflow-hidden rounded bg-sheet px-2.75 py-2.25 text-sm leading-[1.45] text-transparent"
    >
      <div
        className="whitespace-pre-wrap wrap-break-word"
        style={{ translate: `0 ${-scrollPx}px` }}
      >
        {promptParts(text).map((part, index) =>
          part.kind === "text" ? (
            part.text
          ) : (
            // oxlint-disable-next-line react/no-array-index-key -- parts have no other name, and hold no state
            <mark
              key={index}
              className="rounded-xs bg-edge/20 text-transparent ring-2 ring-edge/20"
            >
              {`{${part.name}}`}
            </mark>
          ),
        )}
      </div>
    </div>
  );
}
