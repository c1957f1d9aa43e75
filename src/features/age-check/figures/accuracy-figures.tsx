import { formatPercent, formatPercents } from "#src/lib/format-percent.ts";
import { judgementsNeeded, type Rate } from "#src/statistics/intervals.ts";
import type { JudgedSet } from "#src/features/age-check/grid/cases.ts";
import type { ModelFigures, Shown } from "./figures.ts";
import { FigureSection, FigureTable, Note } from "./figure-section.tsx";
import { besideTexts, countsText, likelyText, rateText, tooFewText, yearsText } from "./words.ts";
import type { GroupRates, YearsOutside } from "#src/statistics/age-figures.ts";
import { rangeText } from "#src/features/age-check/set-up/settings.ts";
import { grouped } from "#src/lib/counted.ts";

const WANTED_HALF_WIDTH = 0.05;

/**
 * How often the model names the right group, how certain that is, and how many judgements would make it more certain.
 */
export function AccuracyFigure({ figures, set }: { figures: ModelFigures; set: JudgedSet }) {
  const { accuracy, withinOne } = figures;
  const { rate } = accuracy;
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
            <span className="figures text-ink-2">{countsText(rate)}</span>
          </p>
          <Note>{likelyText(rate)}</Note>
          <Note>
            Right or a neighbouring group: {rateText(withinOne)}. The groups are of unequal width,
            so this does not compare models.
          </Note>
        </>
      )}
      {besideTexts(figures, set).map((text) => (
        <Note key={text}>{text}</Note>
      ))}
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

/** Recall and precision of every group, the teens' first. */
export function GroupFigure({ byGroup }: { byGroup: readonly GroupRates[] }) {
  return (
    <FigureSection title="Group by group, teens first">
      <FigureTable
        caption="Recall and precision per group, with 95 % intervals"
        columns={["Group", "Found of those", "Right when named"]}
        rows={byGroup.map(({ range, recall, precision }) => [
          rangeText(range),
          shortRate(recall),
          shortRate(precision),
        ])}
      />
    </FigureSection>
  );
}

/** How many years exact ages lie outside the named groups. */
export function YearsFigure({ outside }: { outside: Shown<YearsOutside> }) {
  const title = "Years outside the group";
  if (outside.kind === "too-few")
    return (
      <FigureSection title={title}>
        <Note>{tooFewText("This, with exact ages,", outside)}</Note>
      </FigureSection>
    );
  const { distance, signed, most, madeOlder, madeYounger, n } = outside.figure;
  return (
    <FigureSection title={title}>
      <FigureTable
        caption="Years between exact ages and the named groups"
        columns={["Distance", "years (95 %)"]}
        rows={[
          [
            "Mean distance",
            `${yearsText(distance.mean)} (${yearsText(distance.low)}–${yearsText(distance.high)})`,
          ],
          [
            "Mean, signed",
            `${yearsText(signed.mean, true)} (${yearsText(signed.low, true)} to ${yearsText(signed.high, true)})`,
          ],
          ["Most", `${most}`],
        ]}
      />
      <Note>
        Made older: {rateText(madeOlder)}. Made younger: {rateText(madeYounger)}. Of {n} exact ages;
        inside its group an age is 0 years off.
      </Note>
    </FigureSection>
  );
}

function shortRate(rate: Rate): string {
  return rate.share === null
    ? "–"
    : `${formatPercent(rate.share)} of ${grouped(rate.n)} (${formatPercents(rate.low, rate.high)})`;
}
