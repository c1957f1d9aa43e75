import { useId, useState } from "react";
import { modelById } from "#src/catalog/find-models.ts";
import { formatAgeRange } from "#src/domain/age-label.ts";
import type { AgeVerdict, AnswerSource } from "#src/domain/answer.ts";
import { failureText } from "#src/domain/failure-text.ts";
import type { Failure } from "#src/domain/failure.ts";
import { formatUsd } from "#src/domain/money.ts";
import { answeredState, costOf, isReused, isSimulatedTask, type Task } from "#src/domain/task.ts";
import { classNames } from "#src/lib/class-names.ts";
import { formatConfidence } from "#src/lib/format-percent.ts";
import { formatSeconds } from "#src/lib/format-time.ts";
import { shortened } from "#src/lib/shortened.ts";
import { Button } from "#src/ui/button.tsx";
import { Highlighted } from "#src/ui/highlighted.tsx";
import { Meter } from "#src/ui/meter.tsx";
import { grouped } from "#src/lib/counted.ts";

// Below this a classifier's verdict is wrong about as often as right; the number is shown either way.
const LOW_CONFIDENCE = 0.6;

/** An age verdict: the group, the confidence as number and bar, and the model's own label on hover and focus. */
export function AgeBadge({ verdict }: { verdict: AgeVerdict }) {
  const id = useId();
  const { confidence, range, label } = verdict;
  const isLow = confidence !== null && confidence < LOW_CONFIDENCE;
  const group = range === null ? label : formatAgeRange(range);
  const percent = confidence === null ? "confidence unknown" : formatConfidence(confidence);
  return (
    <div className="group/badge relative w-full max-w-52">
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

interface FailureLineProps {
  failure: Failure;
  /** What the sentence begins with: "Not captioned." */
  lead?: string;
  className?: string;
}

/** Why something has no answer, in amber-brown, with what to do about it. */
export function FailureLine({ failure, lead = "", className }: FailureLineProps) {
  return (
    <p className={classNames("max-w-[74ch] text-pretty wrap-anywhere text-warn", className)}>
      {`${lead} ${failureText(failure)}`.trimStart()}
    </p>
  );
}

// Some ten times the longest caption the models give. A browser lays out a word without end letter by letter, at every
// change of the page: fifty thousand letters would take seconds each time.
const SHOWN_LETTERS = 4000;

interface LongTextProps {
  text: string;
  className: string;
  /** How many letters show before the rest is asked for. */
  most?: number;
}

/** A text of any length: if it is very long, only the beginning, until the rest is asked for. */
export function LongText({ text, className, most = SHOWN_LETTERS }: LongTextProps) {
  const [isWhole, setWhole] = useState(false);
  return (
    <>
      <p dir="auto" className={className}>
        <Highlighted text={isWhole ? text : shortened(text, most)} />
      </p>
      {!isWhole && text.length > most && (
        <Button look="mini" className="self-start" onClick={() => setWhole(true)}>
          Show all {grouped(text.length)} characters
        </Button>
      )}
    </>
  );
}

const SOURCE_WORDS: Record<AnswerSource, string | null> = {
  service: null,
  sandbox: null,
  device: null,
  recorded: "Recorded",
  reused: "Reused",
};

/** Where an answer comes from, what it cost and how long it took: facts for the line under it. */
export function AnswerFacts({ task }: { task: Task }) {
  const { recipe } = task;
  const answered = answeredState(task);
  if (answered === null) return null;
  const source = SOURCE_WORDS[answered.source];
  const cost = costOf(task);
  const seconds = secondsOf(task);
  return (
    <>
      <span>{isReused(task) ? "free" : cost === null ? "cost unknown" : formatUsd(cost)}</span>
      {seconds !== null && <span>{seconds}</span>}
      <span title={shortened(recipe.prompt ?? "", 1000) || undefined}>
        {modelById(recipe.modelId)?.shortName ?? recipe.modelId}
      </span>
      {source !== null && <span>{source}</span>}
      {isSimulatedTask(task) && <SimulatedTag />}
    </>
  );
}

/** Marks what no model has said. */
export function SimulatedTag() {
  return (
    <span
      title="Simulated by the sandbox: no model saw this picture"
      className="rounded-xs border border-line-2 px-1.25 text-ink-2"
    >
      Simulated
    </span>
  );
}

function secondsOf({ times, state }: Task): string | null {
  if (state.phase === "done" && state.source === "reused") return null;
  if (times.sentAt === null || times.endedAt === null) return null;
  return formatSeconds(Math.max(0, times.endedAt - times.sentAt) / 1000);
}
