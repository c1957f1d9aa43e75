import { formatPercent } from "#src/lib/format-percent.ts";
import { judgementsNeeded } from "#src/statistics/sample-size.ts";
import type { JudgedSet } from "#src/features/age-check/grid/cases.ts";
import { setAside, type ModelFigures } from "./figures.ts";
import { FigureSection, Note } from "./figure-section.tsx";
import { besideText, likelyText, rateText } from "./words.ts";

const WANTED_HALF_WIDTH = 0.05;

/**
 * How often the model names the right group, how certain that is, and how many judgements would make it more
 * certain.
 */
export function AccuracyFigure({ figures, set }: { figures: ModelFigures; set: JudgedSet }) {
  const { accuracy, withinOne } = figures;
  const { rate } = accuracy;
  const beside = besideText(accuracy, setAside(set), figures.notAsked);
  return (
    <FigureSection title="Right age group">
      {rate.share === null ? (
        <Note>No judgement yet says whether this model is right.</Note>
      ) : (
        <>
          <p className="flex items-baseline justify-between gap-3">
            <strong className="text-[1.625rem] leading-tight font-[650] tracking-tight">
              {formatPercent(rate.share)}
            </strong>
            <span className="figures text-ink-2">
              {rate.hits} of {rate.n}
            </span>
          </p>
          <Note>{likelyText(rate)}</Note>
          <Note>
            Right or a neighbouring group: {rateText(withinOne)}. The groups are of unequal width,
            so this does not compare models.
          </Note>
        </>
      )}
      {beside !== "" && <Note>Not counted in any rate: {beside}.</Note>}
      {accuracy.groupWithoutFace > 0 && (
        <Note>
          The model named a group for {accuracy.groupWithoutFace} that{" "}
          {accuracy.groupWithoutFace === 1 ? "has" : "have"} no face: it always names one.
        </Note>
      )}
      <Note>{moreText(figures, set)}</Note>
    </FigureSection>
  );
}

function moreText({ accuracy }: ModelFigures, { scope, size, judged }: JudgedSet): string {
  const { rate } = accuracy;
  if (scope === "hunted")
    return "Hunted cases show where errors are, not how often they occur: however many there are, they give no rate for the whole.";
  const more = Math.max(0, judgementsNeeded(rate.share, WANTED_HALF_WIDTH) - rate.n);
  if (more === 0) return "This is within ± 5 points.";
  const left = size === null ? null : Math.max(0, size - judged.length);
  const limit =
    left === null || left >= more
      ? ""
      : left === 0
        ? " All here are judged."
        : ` Only ${left} ${left === 1 ? "is" : "are"} left to judge here.`;
  const random = scope === "random" ? "random " : "";
  return `For ± 5 points: about ${more} more ${random}judgements.${limit}`;
}
