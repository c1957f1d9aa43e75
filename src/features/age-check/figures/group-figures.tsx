import { formatPercent } from "#src/lib/format-percent.ts";
import type { GroupRates } from "#src/statistics/confusion-table.ts";
import type { YearsOutside } from "#src/statistics/age-accuracy.ts";
import type { Rate } from "#src/statistics/wilson-interval.ts";
import type { Shown } from "./figures.ts";
import { rangeText } from "#src/features/age-check/set-up/label-sets.ts";
import { FigureSection, FigureTable, Note, TooFew } from "./figure-section.tsx";
import { intervalText, rateText, yearsText } from "./words.ts";

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
  return (
    <FigureSection title="Years outside the group">
      {outside.kind === "too-few" ? (
        <TooFew {...outside} what="This, with exact ages," />
      ) : (
        <YearsTable outside={outside.figure} />
      )}
    </FigureSection>
  );
}

function YearsTable({ outside }: { outside: YearsOutside }) {
  const { distance, signed, most, madeOlder, madeYounger, n } = outside;
  return (
    <>
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
    </>
  );
}

function shortRate(rate: Rate): string {
  return rate.share === null
    ? "–"
    : `${formatPercent(rate.share)} of ${rate.n} (${intervalText(rate)})`;
}
