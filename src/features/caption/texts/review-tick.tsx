import { Check } from "lucide-react";
import { CAPTION_ACTS } from "#src/features/caption/actions.ts";
import { classNames } from "#src/lib/class-names.ts";
import { ariaKeys, keyLabel } from "#src/ui/key-hint.tsx";
import { ProgressBar } from "#src/ui/meter.tsx";

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

/** How far the review of what is listed is. */
export function ReviewProgress({ reviewed, total }: { reviewed: number; total: number }) {
  const text = `${reviewed.toLocaleString("en-US")} of ${total.toLocaleString("en-US")} reviewed`;
  return (
    <span className="figures flex min-w-0 items-center gap-2.5 whitespace-nowrap text-ink-2">
      <ProgressBar
        label="Reviewed"
        total={total}
        parts={[{ count: reviewed, tone: "pencil" }]}
        text={text}
        className="w-40 max-w-full min-w-10 shrink"
      />
      {text}
    </span>
  );
}
