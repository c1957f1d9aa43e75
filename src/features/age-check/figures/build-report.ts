import { formatSeconds } from "#src/lib/format-time.ts";
import { modelById } from "#src/catalog/find-models.ts";
import type { AgeReport, ReportSection } from "#src/exports/age-report.ts";
import { judgementText } from "#src/features/age-check/age-desk.ts";
import type { JudgePair, ModelPair } from "./agreement.ts";
import type { Face } from "#src/features/age-check/grid/faces.ts";
import { setAside, type Shown } from "./figures.ts";
import { rateText, agreementText } from "./words.ts";
import { judgeName } from "#src/features/age-check/judging/judgements.ts";
import { LABEL_SETS, shortNameOf } from "#src/features/age-check/set-up/label-sets.ts";
import { modelSections } from "./report-model.ts";
import type { AgeCheckSettings } from "#src/features/age-check/set-up/settings.ts";
import type { AllFigures } from "./use-figures.ts";
import { imageName } from "#src/domain/image.ts";
import { sampleName } from "#src/features/age-check/samples/hunts.ts";

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

const SCOPE_WORDS = {
  sheet:
    "Faces judged outside any sample. Unless all faces are judged, how they were chosen biases the rates.",
  random:
    "Faces drawn at random, in random order: the rates apply to the whole sheet, within their intervals.",
  hunted:
    "Faces looked for where errors were likely. These rates describe only those faces, and say nothing about how often errors occur.",
} as const;

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
    ["Sample", SCOPE_WORDS[scope]],
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
      paragraphs: known.flatMap(({ modelIds, agreement }) => [
        `${modelIds.map(shortNameOf).join(" and ")}: ${
          agreement === null
            ? "their groups don’t line up, so that there is no common scale for kappa."
            : agreementOr(agreement)
        }`,
      ]),
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
  return pairs.map(({ judges, both, different, contrary, agreement }) => ({
    title: `Judges: ${judges.map(judgeName).join(" and ")}`,
    paragraphs: [
      `${both} faces judged by both: ${different.length} in different words, of which ${contrary.length} cannot both be true.`,
      agreementOr(agreement),
    ],
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

function agreementOr(agreement: Shown<Parameters<typeof agreementText>[0]>): string {
  return agreement.kind === "figure"
    ? agreementText(agreement.figure)
    : `Kappa needs ${agreement.least} faces on one scale; there are ${agreement.n}.`;
}

function habitsSection({ habits }: AllFigures): ReportSection {
  const { changed, seconds } = habits;
  return {
    title: "How it was judged",
    paragraphs: [
      changed.n === 0
        ? "No blind answer was followed by a reveal."
        : `Changed after the reveal: ${rateText(changed)} of blind answers.`,
      seconds === null
        ? "No judgement was timed."
        : `${formatSeconds(seconds.median)} for one face (median of ${seconds.n}; the middle half took ${formatSeconds(seconds.low)} to ${formatSeconds(seconds.high)}).`,
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
