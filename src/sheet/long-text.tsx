import { useState } from "react";
import { shortened } from "#src/lib/shortened.ts";
import { Button } from "#src/ui/button.tsx";

// Some ten times the longest caption the models give. A browser lays out a word without end letter by letter, at every
// change of the page: fifty thousand letters would take seconds each time.
const SHOWN_LETTERS = 4000;

/** A text of any length: if it is very long, only the beginning, until the rest is asked for. */
export function LongText({ text, className }: { text: string; className: string }) {
  const [isWhole, setWhole] = useState(false);
  return (
    <>
      <p dir="auto" className={className}>
        {isWhole ? text : shortened(text, SHOWN_LETTERS)}
      </p>
      {!isWhole && text.length > SHOWN_LETTERS && (
        <Button look="mini" className="self-start" onClick={() => setWhole(true)}>
          Show all {text.length.toLocaleString("en")} characters
        </Button>
      )}
    </>
  );
}
