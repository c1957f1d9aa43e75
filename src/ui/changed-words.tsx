import { useMemo } from "react";
import { classNames } from "#src/lib/class-names.ts";
import { wordDiff } from "#src/lib/word-diff.ts";

interface ChangedWordsProps {
  before: string;
  after: string;
  /** Whose words the new ones are: red is the user's alone. */
  by?: "user" | "model";
  className?: string;
}

const ADDED = {
  user: "bg-pencil-wash text-pencil decoration-pencil",
  model: "bg-line/60 decoration-info",
} as const;

/**
 * A text against an earlier one, word by word: what goes is struck out, what comes is underlined. Assistive technology,
 * which seldom says so of the elements, is told in words; copying leaves them out.
 */
export function ChangedWords({ before, after, by = "user", className }: ChangedWordsProps) {
  const parts = useMemo(() => wordDiff(before, after), [before, after]);
  return (
    <span dir="auto" className={classNames("whitespace-pre-wrap wrap-anywhere", className)}>
      {parts.map(({ text, is }, index) => {
        if (is === "same") return text;
        const Tag = is === "added" ? "ins" : "del";
        return (
          <Tag
            // oxlint-disable-next-line react/no-array-index-key -- changes have no name but their place
            key={index}
            className={classNames(
              "decoration-[1.5px]",
              is === "added"
                ? classNames("rounded-xs px-0.5 underline underline-offset-3", ADDED[by])
                : "text-ink-2 line-through",
            )}
          >
            <span className="sr-only select-none">
              {is === "added" ? " added: " : " removed: "}
            </span>
            {text}
            <span className="sr-only select-none">, </span>
          </Tag>
        );
      })}
    </span>
  );
}
