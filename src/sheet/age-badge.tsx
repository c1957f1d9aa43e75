import { formatConfidence } from "#src/lib/format-percent.ts";
import { useId } from "react";
import { formatAgeRange } from "#src/domain/age-label.ts";
import type { AgeVerdict } from "#src/domain/answer.ts";
import { classNames } from "#src/lib/class-names.ts";
import { Meter } from "#src/ui/meter.tsx";

// Below this a classifier's verdict is wrong about as often as right; the number is shown either way.
const LOW_CONFIDENCE = 0.6;

/** An age verdict: the group, the confidence as number and bar, and the model's own label on hover and focus. */
export function AgeBadge({ verdict, className }: { verdict: AgeVerdict; className?: string }) {
  const id = useId();
  const { confidence, range, label } = verdict;
  const isLow = confidence !== null && confidence < LOW_CONFIDENCE;
  const group = range === null ? label : formatAgeRange(range);
  const percent = confidence === null ? "confidence unknown" : formatConfidence(confidence);
  return (
    <div className={classNames("group/badge relative w-full max-w-52", className)}>
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset groups fields, and this is one statement
        role="group"
        aria-label={`${group}, ${percent}`}
        aria-describedby={id}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the model’s own label has to be reachable by keyboard, so the badge is a stop; pressing it does nothing
        tabIndex={0}
        className="mb-1.5 flex w-full cursor-default items-baseline justify-between gap-2 text-left"
      >
        <span className="text-xl leading-tight font-semibold tracking-tight">{group}</span>
        <span className={classNames("figures", isLow ? "text-warn" : "text-ink-2")}>{percent}</span>
      </div>
      {confidence !== null && (
        <Meter label="Confidence" share={confidence} text={percent} tone={isLow ? "warn" : "ink"} />
      )}
      <span
        id={id}
        role="tooltip"
        className="invisible absolute top-full left-0 z-10 mt-1 max-w-64 rounded bg-ink px-2 py-1 text-xs text-sheet group-focus-within/badge:visible group-hover/badge:visible"
      >
        The model said: {label}
      </span>
    </div>
  );
}
