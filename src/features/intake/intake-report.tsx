import { X } from "lucide-react";
import { failureText } from "#src/domain/failure-text.ts";
import { counted } from "#src/lib/counted.ts";
import { stillPreparing, type IntakeReport } from "#src/state/sheet/sheet-store.ts";
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
      className="max-h-[40dvh] shrink-0 overflow-y-auto border-b border-line bg-sheet px-3 py-2.5 text-control sm:px-5"
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

function NotTaken({ report: { rejected, duplicates } }: { report: IntakeReport }) {
  return (
    <ul className="mt-1 space-y-0.5">
      {rejected.map(({ name, failure }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the report only grows, and two files may share a name
        <li key={index} className="text-warn">
          <span className="font-semibold wrap-anywhere">{name}</span> {failureText(failure)}
        </li>
      ))}
      {duplicates.length > 0 && (
        <li className="text-ink-2 wrap-anywhere">
          Already on the sheet, byte for byte: {duplicates.slice(0, 8).join(", ")}
          {duplicates.length > 8 && ` and ${duplicates.length - 8} more`}
        </li>
      )}
    </ul>
  );
}

// Spoken text cannot be skimmed; the rest is in the list.
const MOST_SPOKEN = 3;

/** "12 of 14 added · 2 not taken". */
function summaryOf({ offered, taken, rejected, duplicates }: IntakeReport): string {
  const parts = [
    `${taken.toLocaleString("en-US")} of ${offered.toLocaleString("en-US")} added`,
    rejected.length === 0 ? "" : `${rejected.length} not taken`,
    duplicates.length === 0 ? "" : `${counted(duplicates.length, "was", "were")} already there`,
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

/** What assistive technology says about an intake: when it starts and, with what was not taken, when it ends. */
export function announcementOf(report: IntakeReport): string {
  if (stillPreparing(report) > 0) return "Adding files.";
  const { rejected } = report;
  const spoken = rejected
    .slice(0, MOST_SPOKEN)
    .map(({ name, failure }) => `${name}: ${failureText(failure)}`);
  const left = rejected.length - spoken.length;
  return [
    `${summaryOf(report)}.`,
    ...spoken,
    ...(left > 0 ? [`${left} more in the list of added files.`] : []),
  ].join(" ");
}
