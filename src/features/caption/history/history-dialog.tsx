import { useState } from "react";
import { modelById } from "#src/catalog/find-models.ts";
import type { FieldId } from "#src/domain/field.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import { formatUsd } from "#src/domain/money.ts";
import { hasEnded, type Task } from "#src/domain/task.ts";
import { deskOf } from "#src/features/caption/desk.ts";
import { copyText } from "#src/features/taking-away/save-file.ts";
import { formatAgo } from "#src/lib/format-ago.ts";
import { formatSeconds } from "#src/lib/format-time.ts";
import { LongText } from "#src/sheet/answer.tsx";
import { report } from "#src/sheet/tell.ts";
import { useServices } from "#src/state/services.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { ChangedWords } from "#src/ui/changed-words.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { FieldChoice } from "#src/features/caption/likeness/field-choice.tsx";
import {
  costOfTry,
  historyOf,
  sourceWords,
  tookMs,
  type HistoryEntry,
  type HistoryText,
  type HistoryTry,
} from "./history-of.ts";
import { restore, restoringOf } from "./restore.ts";

interface HistoryDialogProps {
  image: SheetImage;
  firstFieldId: FieldId;
  onClose: () => void;
}

/** Every answer and edit of one text, the newest first: two can be compared, and any can be restored. */
export function HistoryDialog({ image, firstFieldId, onClose }: HistoryDialogProps) {
  const open = useOpenSheet();
  const tasks = useSheet((state) => state.tasks.get(image.id));
  const marks = useSheet((state) => state.marks.get(image.id)) ?? [];
  const [fieldId, setFieldId] = useState(firstFieldId);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const standing = deskOf(open)
    .standings()
    .byId.get(image.id)
    ?.texts.find((text) => text.fieldId === fieldId);
  if (standing === undefined) return null;
  const entries = historyOf({ tasks: tasks ?? [], marks }, { fieldId, shown: standing.shown });
  const texts = entries.filter((entry) => entry.kind === "text");
  return (
    <Dialog title={`History of ${imageName(image)}`} width="wide" onClose={onClose}>
      <div className="mb-4 empty:hidden">
        <FieldChoice
          value={fieldId}
          onChange={(id) => {
            setFieldId(id);
            setChosen([]);
          }}
        />
      </div>
      <Compared texts={texts} chosen={chosen} />
      {entries.length === 0 && <p className="text-ink-2">Nothing was asked or written so far.</p>}
      <ol aria-label="Texts, the newest first" className="divide-y divide-line">
        {entries.map((entry) => (
          <li key={entry.id} className="py-3 first:pt-0">
            <EntryHead entry={entry} />
            {entry.kind === "try" ? (
              <p className="mt-0.5 text-control text-ink-2">{entry.reason ?? "No answer yet."}</p>
            ) : (
              <>
                <EntryText {...entry} />
                <div className="mt-1 -ml-2 flex flex-wrap gap-1">
                  {restoringOf({ image, standing, entry }) !== null && (
                    <Button
                      look="mini"
                      onClick={() => report(restore(open, { image, standing, entry }))}
                    >
                      Restore
                    </Button>
                  )}
                  {texts.length > 1 && (
                    <Button
                      look="mini"
                      aria-pressed={chosen.includes(entry.id)}
                      className="aria-pressed:bg-line/60 aria-pressed:text-ink"
                      onClick={() => setChosen(chosenAfter(chosen, entry.id))}
                    >
                      Compare
                    </Button>
                  )}
                  {entry.text !== "" && (
                    <Button look="mini" onClick={() => copyText(entry.text, "Copied.")}>
                      Copy
                    </Button>
                  )}
                </div>
              </>
            )}
            {entry.task !== null && <EntryPrompt task={entry.task} />}
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

/** Two at most: a third takes the place of the one that was chosen first. */
function chosenAfter(chosen: readonly string[], id: string): readonly string[] {
  return chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id].slice(-2);
}

/** The older of two texts against the newer; one alone is held against what is shown. */
function Compared({ texts, chosen }: { texts: readonly HistoryText[]; chosen: readonly string[] }) {
  if (chosen.length === 0) return null;
  const wanted = texts.filter(
    ({ id, isShown }) => chosen.includes(id) || (chosen.length === 1 && isShown),
  );
  const [newer, older] = wanted;
  return (
    <section
      aria-label="Compared"
      aria-live="polite"
      className="mb-4 rounded border border-line-2 bg-paper px-3.5 py-3"
    >
      {newer === undefined || older === undefined ? (
        <p className="text-control text-ink-2">Choose another text to compare this one with.</p>
      ) : (
        <>
          <p className="mb-1 text-xs text-ink-2">
            From {whoseWords(older)} to {whoseWords(newer)}
            {older.text === newer.text ? ": the same words" : ""}
          </p>
          <ChangedWords
            before={older.text}
            after={newer.text}
            by={newer.origin === "you" ? "user" : "model"}
          />
        </>
      )}
    </section>
  );
}

function whoseWords({ origin, task, from }: HistoryText): string {
  if (origin === "you") return "your words";
  return origin === "existing" ? (from?.name ?? "the existing text") : modelName(task);
}

function modelName(task: Task | null): string {
  const id = task?.recipe.modelId ?? "";
  return modelById(id)?.shortName ?? id;
}

const OUTCOMES: Record<HistoryTry["outcome"], string> = {
  "under way": "is being asked",
  refused: "refused",
  failed: "failed",
  unsettled: "unsettled: it may have been charged",
  cancelled: "cancelled",
};

/** Who wrote it, when, what it cost and how long it took. */
function EntryHead({ entry }: { entry: HistoryEntry }) {
  const { now } = useServices().sheets;
  const at = new Date(entry.at);
  const isShown = entry.kind === "text" && entry.isShown;
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 text-xs text-ink-2">
      <EntryAuthor entry={entry} />
      <time dateTime={at.toISOString()} title={at.toLocaleString("en")}>
        {formatAgo(entry.at, now())}
      </time>
      {entry.task !== null && <span className="figures">{taskFacts(entry.task).join(" · ")}</span>}
      {isShown && <b className="font-semibold text-ink">Shown now</b>}
    </p>
  );
}

function EntryAuthor({ entry }: { entry: HistoryEntry }) {
  if (entry.kind === "try")
    return (
      <span>
        <b className="font-semibold text-ink">{modelName(entry.task)}</b>{" "}
        <span className={entry.outcome === "under way" ? "" : "text-warn"}>
          {OUTCOMES[entry.outcome]}
        </span>
      </span>
    );
  switch (entry.origin) {
    case "you":
      return <b className="font-semibold text-pencil">You</b>;
    case "existing":
      return (
        <span>
          <b className="font-semibold text-ink">Existing</b> · {entry.from?.name}
        </span>
      );
    case "model":
      return <b className="font-semibold text-ink">{modelName(entry.task)}</b>;
  }
}

/** "$0.0014 · 1.2 s · simulated"; a cost that nobody named is unknown. */
function taskFacts(task: Task): string[] {
  const cost = costOfTry(task);
  const ms = tookMs(task);
  return [
    ...(hasEnded(task) ? [cost === null ? "cost unknown" : formatUsd(cost)] : []),
    ...(ms === null ? [] : [formatSeconds(ms / 1000)]),
    ...sourceWords(task),
    ...(task.askedBy === "caption" ? [] : ["asked in another view"]),
  ];
}

const MOST_LETTERS = 600;

function EntryText({ text, origin, isShown }: HistoryText) {
  if (text === "")
    return (
      <p className="mt-0.5 text-control text-ink-2">
        {origin === "model" ? "Answered with nothing." : "Cleared."}
      </p>
    );
  const colour = isShown ? "" : "text-ink-2";
  const look = `mt-0.5 text-pretty whitespace-pre-wrap wrap-anywhere ${colour}`;
  return <LongText text={text} most={MOST_LETTERS} className={look} />;
}

function EntryPrompt({ task }: { task: Task }) {
  if (task.promptSent === null) return null;
  return (
    <details className="mt-1 text-xs text-ink-2">
      <summary className="w-fit">Prompt</summary>
      <p
        dir="auto"
        className="mt-1 border-l-2 border-line pl-2.5 whitespace-pre-wrap wrap-anywhere"
      >
        {task.promptSent}
      </p>
    </details>
  );
}
