import { createContext, use } from "react";
import { foundParts } from "#src/lib/search-words.ts";

/** The words that are searched for, folded, for whatever shows texts below. */
export const SearchedWords = createContext<readonly string[]>([]);

/** A text in which the words that are searched for are marked. */
export function Highlighted({ text }: { text: string }) {
  const words = use(SearchedWords);
  if (words.length === 0) return text;
  return foundParts(text, words).map((part, index) =>
    part.isFound ? (
      // oxlint-disable-next-line react/no-array-index-key -- the parts are the text in its order, and hold no state
      <mark key={index} className="rounded-xs bg-edge/40 text-inherit">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
