import { X } from "lucide-react";
import { useMemo } from "react";
import { failureText } from "#src/domain/failure-text.ts";
import type { Failure } from "#src/domain/failure.ts";
import { copyText } from "#src/features/taking-away/save-file.ts";
import {
  captionNoteText,
  changedText,
  type CaptionNoteReason,
} from "#src/imports/caption-report.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { report as tellFailure } from "#src/sheet/tell.ts";
import type { DropReport } from "#src/state/pictures/drop-report.ts";
import {
  stillPreparing,
  type IntakeReport,
  type RejectedFile,
} from "#src/state/sheet/sheet-store.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button, IconButton } from "#src/ui/button.tsx";
import { ProgressBar } from "#src/ui/meter.tsx";
import { CaptionLines } from "./caption-lines.tsx";

/**
 * What became of the files that were offered: how many were added, and why others were not. Absent while there is
 * nothing to say.
 */
export function IntakeReportLine() {
  const report = useSheet((state) => state.intake);
  const { intake } = useOpenSheet();
  const { offered, rejected, duplicates, captions } = report;
  const preparing = stillPreparing(report);
  const settled = offered - preparing;
  const isUnderWay = preparing > 0;
  const isReading = !isUnderWay && captions.some((one) => one.isUnderWay);
  const isNews = captions.some(
    ({ notes, missing, conflicts }) => notes.length + missing.length + conflicts.length > 0,
  );
  if (!isUnderWay && !isReading && !isNews && rejected.length + duplicates.length === 0)
    return null;
  return (
    <section
      aria-label="Added files"
      className="max-h-[min(30dvh,16rem)] shrink-0 overflow-y-auto border-b border-line bg-sheet px-3 py-2.5 text-control sm:px-5"
    >
      <div className="flex items-center gap-3">
        <p className="min-w-0 first-letter:uppercase">{summaryOf(report)}</p>
        {isUnderWay && (
          <>
            <ProgressBar
              label="Preparing"
              total={offered}
              parts={[{ count: settled, tone: "ink" }]}
              text={`${settled} of ${offered}`}
              className="min-w-16 max-w-60 flex-1"
            />
            <Button look="mini" onClick={intake.cancel}>
              Stop adding
            </Button>
          </>
        )}
        {!isUnderWay && !isReading && (
          <IconButton
            label="Dismiss"
            className="ml-auto"
            onClick={() => {
              // What is not decided is left as it is; what was clear is taken, and can be undone.
              for (const { settle } of captions) tellFailure(settle(null));
              intake.dismissReport();
            }}
          >
            <X size={15} />
          </IconButton>
        )}
      </div>
      <CaptionLines captions={captions} />
      <NotTaken report={report} />
    </section>
  );
}

/** What is spoken: its start and its end. The progress bar gives the state in between to whoever asks. */
export function IntakeAnnouncement() {
  const intake = useSheet((state) => state.intake);
  // There may be many notes, and the sheet changes many times a second.
  return useMemo(() => announcementOf(intake), [intake]);
}

/** What was not taken for the same reason. */
export interface Refusal {
  /** Whole files, or texts of files. */
  of: "file" | "text";
  count: number;
  /** Not of every line of a large table. */
  names: readonly string[];
  /** Why, about each of them alone. */
  why: readonly string[];
  /** Why, about all of them. */
  reason: string;
}

/** What was not taken, one entry for each kind of reason, in the order in which they came up. */
export function groupRejected(rejected: readonly RejectedFile[]): Refusal[] {
  const kinds = new Map<Failure["kind"], { name: string; text: string }[]>();
  for (const { name, failure } of rejected) {
    const files = kinds.get(failure.kind) ?? [];
    files.push({ name, text: failureText(failure) });
    kinds.set(failure.kind, files);
  }
  return [...kinds].map(([kind, files]) => {
    const [first] = files;
    const isSame = first !== undefined && files.every(({ text }) => text === first.text);
    return {
      of: "file",
      count: files.length,
      names: files.map(({ name }) => name),
      why: files.map(({ text }) => text),
      reason: isSame ? first.text : (VARIED[kind] ?? "They could not be added."),
    };
  });
}

/** What is said of files whose own reasons differ in a number or a name. */
const VARIED: Readonly<Partial<Record<Failure["kind"], string>>> = {
  "too-large": "They are larger than what can be taken.",
  "unreadable-image": "They are damaged, or not quite pictures.",
  "unreadable-file": "They could not be read.",
  "unsupported-format": "This browser cannot open their formats.",
};

/** Said of each text that a file holds, and not of the file. */
const OF_TEXTS: readonly CaptionNoteReason["kind"][] = [
  "unmatched",
  "ambiguous",
  "without-picture",
];

/** What is wrong with caption files, one entry for each kind of reason. */
export function groupNotes(captions: readonly DropReport[]): Refusal[] {
  const kinds = new Map<
    CaptionNoteReason["kind"],
    { count: number; files: { name: string; text: string }[] }
  >();
  for (const { name, why, lines } of captions.flatMap(({ notes }) => notes)) {
    const own = kinds.get(why.kind) ?? { count: 0, files: [] };
    const text = captionNoteText(why);
    const names = lines?.names.map((line) => `${line} in ${name}`) ?? [name];
    for (const one of names) own.files.push({ name: one, text });
    own.count += lines?.count ?? 1;
    kinds.set(why.kind, own);
  }
  return [...kinds].map(([kind, { count, files }]) => {
    const [first] = files;
    const isSame = first !== undefined && files.every(({ text }) => text === first.text);
    return {
      of: OF_TEXTS.includes(kind) ? "text" : "file",
      count,
      names: files.map(({ name }) => name),
      why: files.map(({ text }) => text),
      reason: isSame ? first.text : "Some of their texts were left out.",
    };
  });
}

function NotTaken({ report: { rejected, duplicates, captions } }: { report: IntakeReport }) {
  const refusals = useMemo(
    () => [...groupRejected(rejected), ...groupNotes(captions)],
    [rejected, captions],
  );
  return (
    <ul className="mt-1 space-y-0.5">
      {refusals.map((refusal) => (
        <Refused key={refusal.reason} refusal={refusal} className="text-warn" />
      ))}
      {duplicates.length > 0 && (
        <Refused
          refusal={{
            of: "file",
            count: duplicates.length,
            names: duplicates,
            why: [],
            reason: "Already on the sheet, byte for byte.",
          }}
          className="text-ink-2"
        />
      )}
    </ul>
  );
}

// Thousands of names would take long to lay out; the copied list has all that are kept.
const MOST_NAMES = 300;

function Refused({ refusal, className }: { refusal: Refusal; className: string }) {
  const { count, names, why, reason } = refusal;
  const [first = ""] = names;
  const isVaried = why.some((text) => text !== reason);
  if (count === 1)
    return (
      <li className={className}>
        <span className="font-semibold wrap-anywhere">{first}</span> {reason}
      </li>
    );
  return (
    <li className={className}>
      <details>
        <summary className="cursor-pointer">
          <span className="font-semibold">{counted(count, refusal.of)}</span> {reason}{" "}
          <span className="underline underline-offset-2">Show the {refusal.of}s</span>
        </summary>
        <div className="my-1 max-h-40 overflow-y-auto rounded border border-line px-2 py-1 text-ink-2">
          <Button
            look="mini"
            className="float-right"
            onClick={() => copyText(listOf(refusal), `The list of ${refusal.of}s is copied.`)}
          >
            Copy the list
          </Button>
          {names.slice(0, MOST_NAMES).map((name, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- the list only grows, and two files may share a name
            <p key={at} className="wrap-anywhere">
              {name}
              {isVaried && ` ${why[at] ?? ""}`}
            </p>
          ))}
          {count > MOST_NAMES && (
            <p>and {grouped(count - Math.min(names.length, MOST_NAMES))} more</p>
          )}
        </div>
      </details>
    </li>
  );
}

/** A line for each file: its name and, behind a tab, why it was not taken. */
function listOf({ count, names, why, reason }: Refusal): string {
  const lines = names.map((name, at) => `${name}\t${why[at] ?? reason}`);
  if (count > names.length) lines.push(`and ${grouped(count - names.length)} more\t${reason}`);
  return lines.join("\n");
}

// Spoken text cannot be skimmed; the rest is in the list.
const MOST_SPOKEN = 3;

/** "12 of 14 added · 2 not taken". */
function summaryOf({ offered, taken, rejected, duplicates, captions }: IntakeReport): string {
  const parts = [
    offered === 0 ? "" : `${grouped(taken)} of ${grouped(offered)} added`,
    rejected.length === 0 ? "" : `${rejected.length} not taken`,
    duplicates.length === 0 ? "" : `${counted(duplicates.length, "was", "were")} already there`,
    captionsText(captions),
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

/** "12 captions taken from 5 files", "Reading 5 files of captions…". */
function captionsText(captions: readonly DropReport[]): string {
  const sum = (of: (one: DropReport) => number): number =>
    captions.reduce((total, one) => total + of(one), 0);
  const files = sum((one) => (one.isUnderWay ? one.files : 0));
  if (files > 0) return `reading ${counted(files, "file")} of captions`;
  const texts = sum(({ taken }) => taken.texts);
  const read = sum((one) => one.files);
  if (texts > 0)
    return `${counted(texts, "caption")} taken from ${counted(
      sum(({ taken }) => taken.files),
      "file",
    )}`;
  return read > 0 ? `${counted(read, "file")} of captions read, nothing taken` : "";
}

/** What assistive technology says about an intake: when it starts and, with what was not taken, when it ends. */
export function announcementOf(report: IntakeReport): string {
  if (stillPreparing(report) > 0) return "Adding files.";
  const summary = summaryOf(report);
  if (summary === "") return "";
  const refusals = [...groupRejected(report.rejected), ...groupNotes(report.captions)];
  const spoken = refusals
    .slice(0, MOST_SPOKEN)
    .map(({ of, count, names, reason }) =>
      count === 1 ? `${names[0] ?? ""}: ${reason}` : `${count} ${of}s: ${reason}`,
    );
  const left = refusals.length - spoken.length;
  return [
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    ...report.captions.flatMap(({ changed }) =>
      changed === 0
        ? []
        : [`${counted(changed, "text differs", "texts differ")}. ${changedText(changed)}`],
    ),
    ...spoken,
    ...(left > 0 ? [`${counted(left, "more reason")} in the list of added files.`] : []),
  ].join(" ");
}
