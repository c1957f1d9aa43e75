import { formatPercent, formatPercents } from "#src/lib/format-percent.ts";
import { modelById } from "#src/catalog/find-models.ts";
import type { ReportSection, ReportTable } from "#src/exports/age-report.ts";
import type { ConfusionTable } from "#src/statistics/confusion-table.ts";
import type { ThresholdRates } from "#src/statistics/threshold-rates.ts";
import type { JudgedSet } from "#src/features/age-check/grid/cases.ts";
import { setAside, type ModelFigures, type Shown, chosenThreshold } from "./figures.ts";
import {
  bandText,
  besideText,
  columnName,
  likelyText,
  notComputableText,
  rateText,
  rowName,
  yearsText,
  gapText,
} from "./words.ts";
import { rangeText } from "#src/features/age-check/set-up/label-sets.ts";

const ASKED_FOR = [18, 25] as const;

/**
 * Everything the report says about one model. `wanted` is the threshold whose errors are listed by distance; null for
 * the first from 18 on.
 */
export function modelSections(
  model: ModelFigures,
  set: JudgedSet,
  wanted: number | null,
): ReportSection[] {
  const name = modelById(model.modelId)?.name ?? model.modelId;
  return [
    { title: name, paragraphs: accuracyParagraphs(model, set), tables: [groupTable(model)] },
    matrixSection(name, model.confusion),
    yearsSection(name, model),
    thresholdSection(name, model, wanted),
    calibrationSection(name, model),
  ];
}

/** The sentence under a model's accuracy. */
function accuracyParagraphs(model: ModelFigures, set: JudgedSet): string[] {
  const { accuracy, withinOne, notAsked } = model;
  const beside = besideText(accuracy, setAside(set), notAsked);
  return [
    accuracy.rate.share === null
      ? "No judgement says whether this model is right."
      : `Right age group: ${rateText(accuracy.rate)}. ${likelyText(accuracy.rate)}`,
    `Right or a neighbouring group: ${rateText(withinOne)} (groups are of unequal width).`,
    ...(beside === "" ? [] : [`Not counted in any rate: ${beside}.`]),
  ];
}

function groupTable({ byGroup }: ModelFigures): ReportTable {
  return {
    caption: "Group by group, teens first",
    columns: ["Group", "Found of those (recall)", "Right when named (precision)"],
    rows: byGroup.map(({ range, recall, precision }) => [
      rangeText(range),
      rateText(recall),
      rateText(precision),
    ]),
  };
}

function matrixSection(name: string, confusion: Shown<ConfusionTable>): ReportSection {
  const title = `${name}: where it goes wrong`;
  if (confusion.kind === "too-few") return { title, paragraphs: [lacking("The table", confusion)] };
  const { rows, columns, cells } = confusion.figure;
  return {
    title,
    tables: [
      {
        caption:
          "True groups in rows, the model’s in columns: counts, and shares of the row’s answers with a group",
        columns: ["True", ...columns.map(columnName)],
        rows: rows.map((row, at) => {
          const inRow = cells[at] ?? [];
          const answered = columns.reduce(
            (sum, column, across) =>
              sum + (column.kind === "group" ? (inRow[across]?.length ?? 0) : 0),
            0,
          );
          return [
            rowName(row),
            ...columns.map((column, across) => {
              const count = inRow[across]?.length ?? 0;
              const share =
                column.kind === "group" && count > 0 ? ` (${formatPercent(count / answered)})` : "";
              return `${count}${share}`;
            }),
          ];
        }),
      },
    ],
  };
}

function yearsSection(name: string, { yearsOutside }: ModelFigures): ReportSection {
  const title = `${name}: years outside the group`;
  if (yearsOutside.kind === "too-few")
    return { title, paragraphs: [lacking("This, with exact ages,", yearsOutside)] };
  const { n, distance, signed, most, madeOlder, madeYounger } = yearsOutside.figure;
  return {
    title,
    paragraphs: [
      `Of ${n} exact ages; inside its group an age is 0 years off. Mean distance ${yearsText(distance.mean)} years (95 %: ${yearsText(distance.low)}–${yearsText(distance.high)}), at most ${most}. With its sign ${yearsText(signed.mean, true)} (${yearsText(signed.low, true)} to ${yearsText(signed.high, true)}); plus means made older.`,
      `Made older: ${rateText(madeOlder)}. Made younger: ${rateText(madeYounger)}.`,
    ],
  };
}

function thresholdSection(
  name: string,
  { thresholds, groups }: ModelFigures,
  wanted: number | null,
): ReportSection {
  return {
    title: `${name}: would it let a minor through?`,
    paragraphs: [
      ...ASKED_FOR.flatMap((age) => notComputableText(groups, age) ?? []),
      "Adults of 18 and over who are stopped by a threshold above 18 are challenged by its buffer: that is not an error of the model.",
    ],
    tables: [
      {
        caption: "At each age that separates the groups",
        columns: [
          "Threshold",
          "Under it, passed",
          "Under 18, passed",
          "Over it, stopped",
          "18 to threshold, challenged",
          "Undecidable",
        ],
        rows: thresholds.map((rates) => [
          `${rates.threshold}`,
          rateText(rates.passedUnder),
          rates.adultLimit === null ? "–" : rateText(rates.adultLimit.minorsPassed),
          rateText(rates.stoppedOver),
          rates.adultLimit === null ? "–" : rateText(rates.adultLimit.adultsChallenged),
          `${rates.undecidable}`,
        ]),
      },
      ...bandTables(chosenThreshold(thresholds, wanted)),
    ],
  };
}

function bandTables(rates: ThresholdRates | null): ReportTable[] {
  const near = (rates?.bands ?? []).filter(({ rate }) => rate.n > 0);
  return rates === null || near.length === 0
    ? []
    : [
        {
          caption: `Exact ages on the wrong side of ${rates.threshold}, by distance`,
          columns: ["Age", "wrong side"],
          rows: near.map((band) => [bandText(band), rateText(band.rate)]),
        },
      ];
}

function calibrationSection(name: string, model: ModelFigures): ReportSection {
  const { gap, bins, calibrationError } = model;
  const curve = bins.kind === "figure" ? bins.figure : [];
  return {
    title: `${name}: is it as sure as it is right?`,
    paragraphs: [
      gap.kind === "figure" ? gapText(gap.figure) : lacking("Confidence against accuracy", gap),
      ...(bins.kind === "figure" ? [] : [lacking("The curve", bins)]),
      calibrationError.kind === "figure"
        ? `Expected calibration error, in bins of equal count: ${formatPercent(calibrationError.figure)}.`
        : lacking("The calibration error", calibrationError),
    ],
    curve: curve.map(({ meanConfidence, accuracy }) => ({
      meanConfidence,
      accuracy: accuracy.share ?? 0,
      low: accuracy.low,
      high: accuracy.high,
      n: accuracy.n,
    })),
    tables:
      curve.length === 0
        ? []
        : [
            {
              caption: "Accuracy by confidence, in bins of equal count",
              columns: ["Confidence", "right"],
              rows: curve.map(({ low, high, accuracy }) => [
                low === high ? formatPercent(low) : formatPercents(low, high),
                rateText(accuracy),
              ]),
            },
          ],
  };
}

function lacking(what: string, { n, least }: { n: number; least: number }): string {
  return `${what} needs ${least} judged; there are ${n}.`;
}
