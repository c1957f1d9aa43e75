import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { modelById } from "#src/catalog/find-models.ts";
import type { FieldLimit, LengthUnit } from "#src/domain/field.ts";
import { formatUsd } from "#src/domain/money.ts";
import { answeredState, costOf, isReused, isSimulatedTask, type Task } from "#src/domain/task.ts";
import { textLength } from "#src/domain/text-length.ts";
import { counted } from "#src/lib/counted.ts";
import { SimulatedTag } from "#src/sheet/answer.tsx";
import type { Common } from "#src/features/caption/listing/listing.ts";
import {
  existingSources,
  type Standing,
  type TextStanding,
} from "#src/features/caption/list/standing.ts";
import { Meter } from "#src/ui/meter.tsx";

// Screen readers read in runs of about 125 characters; IPTC's alt text field holds 250.
const GOOD_CHARACTERS = 125;
const MOST_CHARACTERS = 250;

/** The length of a text beside its field's limit or, if it has none, beside what alt text should be. */
export function LengthMeter({ text, limit }: { text: string; limit: FieldLimit | null }) {
  const unit = limit?.unit ?? "characters";
  const length = textLength(text, unit);
  const most = limit?.most ?? MOST_CHARACTERS;
  const isOver = length > most;
  const words = limit === null ? usualWords(length) : limitWords(length, limit);
  const isLong = limit === null && length > GOOD_CHARACTERS;
  return (
    <span
      className={`figures inline-flex items-center gap-1.5 whitespace-nowrap ${isOver ? "text-warn" : "text-ink-2"}`}
      title={words}
    >
      <Meter
        label="Length"
        share={length / most}
        text={words}
        tone={isOver ? "warn" : isLong ? "ink" : "quiet"}
        className="w-10 max-sm:hidden"
      />
      <span aria-hidden="true">{limit === null ? length : `${length}/${limit.most}`}</span>
    </span>
  );
}

function usualWords(characters: number): string {
  if (characters <= GOOD_CHARACTERS) return counted(characters, "character");
  return characters <= MOST_CHARACTERS
    ? `${characters} characters, longer than the ${GOOD_CHARACTERS} usual for alt text`
    : `${characters} characters, more than the ${MOST_CHARACTERS} an alt text field holds`;
}

const UNITS: Record<LengthUnit, string> = {
  characters: "characters",
  words: "words",
  tokens: "tokens, estimated",
};

function limitWords(length: number, { most, unit }: FieldLimit): string {
  return `${length} of at most ${most} ${UNITS[unit]}`;
}

interface ProblemProps {
  /** All of it, if there is no room for that. */
  title?: string;
  /** What can be done about it. */
  after?: ReactNode;
  children: ReactNode;
}

/** Says what is wrong with a text, in the colour of warnings. */
export function Problem({ title, after, children }: ProblemProps) {
  return (
    <span
      title={title}
      className="inline-flex max-w-full min-w-0 items-center gap-1.5 rounded-[4px] bg-warn-wash px-1.75 py-px font-sans text-[0.78125rem] text-warn"
    >
      <TriangleAlert size={12} aria-hidden="true" className="shrink-0" />
      <span className="truncate">{children}</span>
      {after}
    </span>
  );
}

/** What an image's answers cost, who gave them, and what the user did to them; without what is the same for all. */
export function AnswersFacts({ standing, common }: { standing: Standing; common: Common }) {
  const tasks = standing.texts.flatMap(({ shown }) => shown.answered ?? []);
  const models = new Set(tasks.map(({ recipe }) => recipe.modelId));
  const isReusedOnly = tasks.length > 0 && tasks.every(isReused);
  const isRecorded = tasks.some((task) => answeredState(task)?.source === "recorded");
  return (
    <>
      {tasks.length > 0 && <span>{costText(tasks)}</span>}
      {common.modelId === null &&
        [...models].map((id) => <span key={id}>{modelById(id)?.shortName ?? id}</span>)}
      {isReusedOnly && <span>Reused</span>}
      {isRecorded && <span>Recorded</span>}
      {common.isSimulated === null && tasks.some(isSimulatedTask) && <SimulatedTag />}
      <ExistingFact texts={standing.texts} />
      {standing.edited && <span className="text-pencil">✎ edited</span>}
    </>
  );
}

/** Where the texts that an image came with are from, as long as they are what shows; nothing if none is. */
export function ExistingFact({
  texts,
  isShort = false,
}: {
  texts: readonly TextStanding[];
  isShort?: boolean;
}) {
  const names = existingSources(texts);
  const [name = ""] = names;
  if (names.length === 0) return null;
  return (
    <span className="max-w-48 truncate" title={`From ${names.join("\n")}`}>
      {isShort ? "existing" : "from "}
      {isShort ? null : names.length === 1 ? <bdi>{name}</bdi> : `${names.length} places`}
    </span>
  );
}

/** "$0.0014", "free", "cost unknown": an unknown part makes the sum unknown. */
function costText(tasks: readonly Task[]): string {
  if (tasks.every(isReused)) return "free";
  let sum = 0;
  for (const task of tasks) {
    const cost = isReused(task) ? 0 : costOf(task);
    if (cost === null) return "cost unknown";
    sum += cost;
  }
  return formatUsd(sum);
}
