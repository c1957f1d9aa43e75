import { useMemo, useState, type ReactNode } from "react";
import { deskOf } from "#src/features/caption/desk.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { useOpenSheet } from "#src/state/sheet/use-sheet.ts";
import { Button, Chip } from "#src/ui/button.tsx";
import { ChangesList } from "./changes-list.tsx";
import { changeKey, type ChangeRow } from "./preview.ts";

interface ChangesReviewProps {
  /** How many texts will change. */
  heading: string;
  rows: readonly ChangeRow[];
  /** The keys of those that stay as they are. */
  left: ReadonlySet<string>;
  onLeave: (left: ReadonlySet<string>) => void;
  /** Shown in place of the list if nothing would change. */
  nothing?: ReactNode;
}

const ODD = {
  over: { words: "Over the limit", isSo: ({ over }: ChangeRow) => over > 0 },
  empty: {
    words: "Would be empty",
    isSo: ({ after, before }: ChangeRow) => after.trim() === "" && before.trim() !== "",
  },
} as const;

const ODDITIES = ["empty", "over"] as const;

type Oddity = (typeof ODDITIES)[number];

/** Every change before it is made, what would be wrong with some of them, and which of them are left out. */
export function ChangesReview(props: ChangesReviewProps) {
  const { heading, rows, left, onLeave, nothing } = props;
  const desk = deskOf(useOpenSheet());
  const [only, setOnly] = useState<Oddity | null>(null);
  const odd = useMemo(
    () => ({ over: rows.filter(ODD.over.isSo), empty: rows.filter(ODD.empty.isSo) }),
    [rows],
  );
  const reviewed = useMemo(() => {
    const { byId } = desk.standings();
    return rows.filter(({ imageId }) => byId.get(imageId)?.reviewed === true).length;
  }, [desk, rows]);
  const shown = only !== null && odd[only].length > 0 ? odd[only] : rows;
  const leaveOut = (some: readonly ChangeRow[]) =>
    onLeave(new Set([...left, ...some.map(changeKey)]));
  return (
    <section aria-label="Preview" className="flex min-h-0 flex-1 flex-col">
      <div className="mb-2.5 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <output className="mr-auto text-sm font-semibold tabular-nums">{heading}</output>
        <p className="text-xs text-ink-2 tabular-nums">
          {[
            left.size === 0
              ? ""
              : `${grouped(rows.filter((row) => left.has(changeKey(row))).length)} left out`,
            reviewed === 0 ? "" : `${grouped(reviewed)} of them reviewed`,
          ]
            .filter((part) => part !== "")
            .join(" · ")}
        </p>
      </div>
      {ODDITIES.some((kind) => odd[kind].length > 0) && (
        <div className="mb-2.5 flex flex-wrap items-center gap-x-1.5 gap-y-1">
          {ODDITIES.filter((kind) => odd[kind].length > 0).map((kind) => (
            <span key={kind} className="inline-flex items-center gap-0.5">
              <Chip
                pressed={only === kind}
                className="text-warn!"
                onClick={() => setOnly(only === kind ? null : kind)}
              >
                {ODD[kind].words}
                <span className="figures ml-1.5">{grouped(odd[kind].length)}</span>
              </Chip>
              <Button
                look="mini"
                aria-label={`Leave out ${counted(odd[kind].length, "text")}: ${ODD[kind].words.toLowerCase()}`}
                onClick={() => leaveOut(odd[kind])}
              >
                Leave out
              </Button>
            </span>
          ))}
        </div>
      )}
      {rows.length === 0 ? (
        nothing
      ) : (
        <ChangesList
          rows={shown}
          left={left}
          onToggle={(key) => {
            const next = new Set(left);
            if (!next.delete(key)) next.add(key);
            onLeave(next);
          }}
        />
      )}
      {rows.length > 0 && (
        <p className="mt-2 text-xs text-ink-2">
          Untick a line to leave that text as it is. Nothing is asked, and nothing is charged.
        </p>
      )}
    </section>
  );
}
