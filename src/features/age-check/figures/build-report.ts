import { modelById } from "#src/catalog/find-models.ts";
import type { AgeReport, ReportSection, ReportTable } from "#src/exports/age-report.ts";
import { judgementText, judgeName } from "#src/features/age-check/judging/judgements.ts";
import type { JudgePair, ModelPair } from "./agreement.ts";
import type { Face } from "#src/features/age-check/grid/faces.ts";
import { chosenThreshold, type ModelFigures, setAside, type Shown } from "./figures.ts";
import {
  agreementText,
  bandRows,
  besideTexts,
  binRows,
  calibrationErrorText,
  changedText,
  columnName,
  gapText,
  judgesText,
  likelyText,
  notComputableTexts,
  rateText,
  rowName,
  SCOPES,
  shownText,
  timedText,
  tooFewText,
  yearsText,
} from "./words.ts";
import {
  type AgeCheckSettings,
  LABEL_SETS,
  rangeText,
  shortNameOf,
} from "#src/features/age-check/set-up/settings.ts";
import type { AllFigures } from "./use-figures.ts";
import { imageName } from "#src/domain/image.ts";
import { sampleName } from "#src/features/age-check/samples/samples.ts";
import { formatPercent } from "#src/lib/format-percent.ts";
import {
  type ConfusionTable,
  groupsNamedIn,
  type ThresholdRates,
} from "#src/statistics/age-figures.ts";
import type { JudgedSet } from "#src/features/age-check/grid/cases.ts";

interface ReportInput {
  sheetName: string;
  faces: readonly Face[];
  settings: AgeCheckSettings;
  figures: AllFigures;
  /** File names of disagreements are included only if the user wants names. */
  withNames: boolean;
  /** Epoch milliseconds. */
  madeAt: number;
}

/** The report of an age check, from the same figures that the screen shows. */
export function buildReport(input: ReportInput): AgeReport {
  const { figures, faces, settings } = input;
  return {
    title: `Age check: ${input.sheetName}`,
    simulated: faces.some((face) => face.simulated),
    facts: factsOf(input),
    sections: [
      {
        title: "What was asked",
        paragraphs: [
          "Does the age group that a model names contain the person’s true age? If the truth is inside the group, the model is right; if it is entirely outside, the model is wrong; if it is only partly inside, the case is undecidable and counted in no rate. Years are whole, bounds inclusive.",
          "Each figure comes with its count and its 95 % interval (Wilson’s for shares, Student’s for means). Figures that would mislead because there are too few judgements are left out, with a note of what they lack.",
        ],
      },
      ...figures.models.flatMap((model) => modelSections(model, figures.set, settings.threshold)),
      ...modelPairSections(figures.modelPairs),
      ...judgePairSections(figures.judgePairs, input),
      habitsSection(figures),
      limitsSection(settings),
    ],
  };
}

function factsOf({ figures, faces, settings, madeAt }: ReportInput): AgeReport["facts"] {
  const { scope, set, judges } = figures;
  const aside = setAside(set);
  const random = settings.samples.filter((sample) => sample.kind === "random");
  return [
    ["Made", new Date(madeAt).toISOString().slice(0, 16).replace("T", " ")],
    ["Models", settings.modelIds.map((id) => `${modelById(id)?.name ?? id} (${id})`).join("; ")],
    [
      "Faces",
      `${faces.length} on the sheet, ${set.judged.length} judged among those these figures cover`,
    ],
    ["Sample", SCOPES.find((one) => one.scope === scope)?.note ?? ""],
    ...(scope === "random" && random.length > 0
      ? [["Drawn", random.map(sampleName).join("; ")] as const]
      : []),
    ["Truth in", LABEL_SETS.find(({ set: one }) => one === settings.labelSet)?.name ?? ""],
    ["Judges", judges.length === 0 ? "none yet" : judges.map(judgeName).join("; ")],
    ["Blind", settings.blind ? "yes: verdicts stay hidden until the judge has answered" : "no"],
    [
      "Without a truth",
      `unsure ${aside.unsure}, several faces ${aside.severalFaces}, unusable ${aside.unusable}, no face ${aside.noFace}, in conflict ${aside.conflicts}`,
    ],
  ];
}

function modelPairSections(pairs: readonly ModelPair[]): ReportSection[] {
  const known = pairs.filter(({ n }) => n > 0);
  if (known.length === 0) return [];
  return [
    {
      title: "Models against each other",
      paragraphs: known.map(
        ({ modelIds, agreement }) =>
          `${modelIds.map(shortNameOf).join(" and ")}: ${
            agreement === null
              ? "their groups differ, so there is no common scale for kappa."
              : agreementText(agreement)
          }`,
      ),
      tables: [
        {
          caption: "Groups named for the same faces",
          columns: ["Models", "n", "same years", "overlapping", "apart"],
          rows: known.map(({ modelIds, n, agree, overlap, disjoint }) => [
            modelIds.map(shortNameOf).join(" / "),
            `${n}`,
            `${agree}`,
            `${overlap}`,
            `${disjoint.length}`,
          ]),
        },
      ],
    },
  ];
}

function judgePairSections(
  pairs: readonly JudgePair[],
  { faces, withNames }: ReportInput,
): ReportSection[] {
  const byId = new Map(faces.map((face) => [face.image.id, face]));
  return pairs.map(({ judges, different, ...pair }) => ({
    title: `Judges: ${judges.map(judgeName).join(" and ")}`,
    paragraphs: [judgesText({ judges, different, ...pair }), agreementText(pair.agreement)],
    tables:
      different.length === 0
        ? []
        : [
            {
              caption: "Where they differ",
              columns: ["Face", ...judges.map(judgeName)],
              rows: different.flatMap((id) => {
                const face = byId.get(id);
                if (face === undefined) return [];
                const name = withNames
                  ? imageName(face.image)
                  : (face.hash?.slice(0, 12) ?? `frame ${face.image.frame}`);
                const words = judges.map((judge) => {
                  const mark = face.standing.get(judge);
                  return mark === undefined ? "" : judgementText(mark.value.judgement);
                });
                return [[name, ...words]];
              }),
            },
          ],
  }));
}

function habitsSection({ habits }: AllFigures): ReportSection {
  const { changed, seconds } = habits;
  return {
    title: "How it was judged",
    paragraphs: [
      changed.n === 0 ? "No blind answer was followed by a reveal." : changedText(habits),
      seconds === null ? "No judgement was timed." : timedText(seconds),
    ],
  };
}

function limitsSection({ samples }: AgeCheckSettings): ReportSection {
  const hunted = samples.some(({ kind }) => kind === "hunted");
  return {
    title: "Limits",
    paragraphs: [
      "The truth here is what people or files say it is. A person’s guess at an age can itself be years off; exact ages from a record are better.",
      "The rates hold for pictures like these. Age detectors make different errors depending on age, skin, sex, light, glasses, expression and picture size; a small check can’t tell these apart.",
      "The models judge the whole picture and name some group even if there is no face.",
      "A threshold can be tested only at an age that separates a model’s groups.",
      ...(hunted ? ["Hunted faces were never pooled with random ones."] : []),
    ],
  };
}

/**
 * Everything the report says about one model. `wanted` is the threshold whose errors are listed by distance; null for
 * the first from 18 on.
 */
function modelSections(
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

function accuracyParagraphs(model: ModelFigures, set: JudgedSet): string[] {
  const { accuracy, withinOne } = model;
  return [
    accuracy.rate.share === null
      ? "No judgement says whether this model is right."
      : `Right age group: ${rateText(accuracy.rate)}. ${likelyText(accuracy.rate)}`,
    `Right or a neighbouring group: ${rateText(withinOne)} (groups are of unequal width).`,
    ...besideTexts(model, set),
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
  if (confusion.kind === "too-few")
    return { title, paragraphs: [tooFewText("The table", confusion)] };
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
          const answered = groupsNamedIn(confusion.figure, at);
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
    return { title, paragraphs: [tooFewText("This, with exact ages,", yearsOutside)] };
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
      ...notComputableTexts(groups),
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
  const rows = rates === null ? [] : bandRows(rates);
  if (rates === null || rows.length === 0) return [];
  const caption = `Exact ages on the wrong side of ${rates.threshold}, by distance`;
  return [{ caption, columns: ["Age", "wrong side"], rows }];
}

function calibrationSection(name: string, model: ModelFigures): ReportSection {
  const { gap, bins, calibrationError } = model;
  const curve = bins.kind === "figure" ? bins.figure : [];
  return {
    title: `${name}: is it as sure as it is right?`,
    paragraphs: [
      shownText(gap, "Confidence against accuracy", gapText),
      ...(bins.kind === "figure" ? [] : [tooFewText("The curve", bins)]),
      shownText(calibrationError, "The calibration error", calibrationErrorText),
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
              rows: binRows(curve),
            },
          ],
  };
}
