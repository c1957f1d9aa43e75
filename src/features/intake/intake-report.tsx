import { X } from "lucide-react";
import { useMemo } from "react";
import { failureText } from "#src/domain/failure-text.ts";
import type { Failure } from "#src/domain/failure.ts";
import { copyText } from "#src/features/taking-away/save-file.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import {
  stillPreparing,
  type IntakeReport,
  type RejectedFile,
} from "#src/state/sheet/sheet-store.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button, IconButton } from "#src/ui/button.tsx";
import { ProgressBar } from "#src/ui/meter.tsx";

/**
 * What became of the files that were offered: how many were added, and why others were not. Absent while there is
 * nothing to say.
 */
export function IntakeReportLine() {
  const report = useSheet((state) => state.intake);
  const { intake } = useOpenSheet();
  const { offered, rejected, duplicates } = report;
  const preparing = stillPreparing(report);
  const settled = offered - preparing;
  const isUnderWay = preparing > 0;
  if (offered === 0) return null;
  if (!isUnderWay && rejected.length === 0 && duplicates.length === 0) return null;
  return (
    <section
      aria-label="Added files"
      className="max-h-[min(30dvh,16rem)] shrink-0 overflow-y-auto border-b border-line bg-sheet px-3 py-2.5 text-control sm:px-5"
    >
      <div className="flex items-center gap-3">
        <p className="min-w-0">{summaryOf(report)}</p>
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
        {!isUnderWay && (
          <IconButton label="Dismiss" className="ml-auto" onClick={intake.dismissReport}>
            <X size={15} />
          </IconButton>
        )}
      </div>
      <NotTaken report={report} />
    </section>
  );
}

/** What is spoken: its start and its end. The progress bar gives the state in between to whoever asks. */
export function IntakeAnnouncement() {
  return useSheet((state) => announcementOf(state.intake));
}

/** Files that were not taken for the same reason. */
export interface Refusal {
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
  "unsupported-format": "This browser cannot open their formats.",
};

function NotTaken({ report: { rejected, duplicates } }: { report: IntakeReport }) {
  const refusals = useMemo(() => groupRejected(rejected), [rejected]);
  return (
    <ul className="mt-1 space-y-0.5">
      {refusals.map((refusal) => (
        <Refused key={refusal.reason} refusal={refusal} className="text-warn" />
      ))}
      {duplicates.length > 0 && (
        <Refused
          refusal={{ names: duplicates, why: [], reason: "Already on the sheet, byte for byte." }}
          className="text-ink-2"
        />
      )}
    </ul>
  );
}

// Thousands of names would take long to lay out; the copied list has all of them.
const MOST_NAMES = 300;

function Refused({ refusal, className }: { refusal: Refusal; className: string }) {
  const { names, why, reason } = refusal;
  const [first = ""] = names;
  const isVaried = why.some((text) => text !== reason);
  if (names.length === 1)
    return (
      <li className={className}>
        <span className="font-semibold wrap-anywhere">{first}</span> {reason}
      </li>
    );
  return (
    <li className={className}>
      <details>
        <summary className="cursor-pointer">
          <span className="font-semibold">{counted(names.length, "file")}</span> {reason}{" "}
          <span className="underline underline-offset-2">Show the files</span>
        </summary>
        <div className="my-1 max-h-40 overflow-y-auto rounded border border-line px-2 py-1 text-ink-2">
          <Button
            look="mini"
            className="float-right"
            onClick={() => copyText(listOf(refusal), "The list of files is copied.")}
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
          {names.length > MOST_NAMES && <p>and {grouped(names.length - MOST_NAMES)} more</p>}
        </div>
      </details>
    </li>
  );
}

/** A line for each file: its name and, behind a tab, why it was not taken. */
function listOf({ names, why, reason }: Refusal): string {
  return names.map((name, at) => `${name}\t${why[at] ?? reason}`).join("\n");
}

// Spoken text cannot be skimmed; the rest is in the list.
const MOST_SPOKEN = 3;

/** "12 of 14 added · 2 not taken". */
function summaryOf({ offered, taken, rejected, duplicates }: IntakeReport): string {
  const parts = [
    `${grouped(taken)} of ${grouped(offered)} added`,
    rejected.length === 0 ? "" : `${rejected.length} not taken`,
    duplicates.length === 0 ? "" : `${counted(duplicates.length, "was", "were")} already there`,
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

/** What assistive technology says about an intake: when it starts and, with what was not taken, when it ends. */
export function announcementOf(report: IntakeReport): string {
  if (stillPreparing(report) > 0) return "Adding files.";
  const refusals = groupRejected(report.rejected);
  const spoken = refusals
    .slice(0, MOST_SPOKEN)
    .map(({ names, reason }) =>
      names.length === 1 ? `${names[0] ?? ""}: ${reason}` : `${names.length} files: ${reason}`,
    );
  const left = refusals.length - spoken.length;
  return [
    `${summaryOf(report)}.`,
    ...spoken,
    ...(left > 0 ? [`${counted(left, "more reason")} in the list of added files.`] : []),
  ].join(" ");
}
