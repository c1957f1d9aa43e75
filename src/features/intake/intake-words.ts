import { failureText } from "#src/domain/failure-text.ts";
import { stillPreparing, type IntakeReport } from "#src/state/sheet/sheet-store.ts";

// Spoken text cannot be skimmed; the rest is in the list.
const MOST_SPOKEN = 3;

/** "12 of 14 added · 2 not taken". */
export function summaryOf({ offered, taken, rejected, duplicates }: IntakeReport): string {
  const parts = [
    `${taken.toLocaleString("en-US")} of ${offered.toLocaleString("en-US")} added`,
    rejected.length === 0 ? "" : `${rejected.length} not taken`,
    duplicates.length === 0
      ? ""
      : `${duplicates.length} ${duplicates.length === 1 ? "was" : "were"} already there`,
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

/**
 * What assistive technology says about an intake: when it starts and, with what was not taken, when it ends.
 */
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
