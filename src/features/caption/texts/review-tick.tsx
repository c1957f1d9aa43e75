import { Check } from "lucide-react";
import { CAPTION_ACTS } from "#src/features/caption/actions.ts";
import type { ListCounts } from "#src/features/caption/listing/listing.ts";
import { classNames } from "#src/lib/class-names.ts";
import { ariaKeys, keyLabel } from "#src/ui/key-hint.tsx";
import { ProgressBar } from "#src/ui/meter.tsx";
import { grouped } from "#src/lib/counted.ts";

interface ReviewTickProps {
  name: string;
  isReviewed: boolean;
  /** Whether Tab stops at it. */
  isReachable: boolean;
  onPress: () => void;
  className?: string;
}

const [KEY = ""] = CAPTION_ACTS.review.keys;

/** The user’s tick: they have looked at the texts, and take them as they are. */
export function ReviewTick({ name, isReviewed, isReachable, onPress, className }: ReviewTickProps) {
  return (
    <button
      type="button"
      aria-label={`Reviewed: ${name}`}
      aria-pressed={isReviewed}
      aria-keyshortcuts={ariaKeys(KEY)}
      title={`${isReviewed ? "Reviewed" : CAPTION_ACTS.review.label} (${keyLabel(KEY)})`}
      tabIndex={isReachable ? 0 : -1}
      onClick={onPress}
      className={classNames(
        "grid size-7.5 shrink-0 place-items-center rounded hover:bg-paper pointer-coarse:size-10",
        className,
      )}
    >
      {isReviewed ? (
        <Check size={21} strokeWidth={3.2} aria-hidden="true" className="text-pencil" />
      ) : (
        <span aria-hidden="true" className="size-3.75 rounded-full border-[1.5px] border-ink-3" />
      )}
    </button>
  );
}

interface ReviewBarProps {
  counts: Pick<ListCounts, "reviewed" | "listed">;
  className?: string;
}

/** How far the review of what is listed is. */
export function ReviewBar({ counts, className = "w-24" }: ReviewBarProps) {
  return (
    <ProgressBar
      label="Reviewed"
      total={counts.listed}
      parts={[{ count: counts.reviewed, tone: "pencil" }]}
      text={reviewText(counts)}
      className={className}
    />
  );
}

/** "23 of 61 reviewed". */
export function reviewText({ reviewed, listed }: ReviewBarProps["counts"]): string {
  return `${grouped(reviewed)} of ${grouped(listed)} reviewed`;
}
