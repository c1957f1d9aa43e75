import { useId } from "react";
import type { ThresholdRates } from "#src/statistics/age-figures.ts";
import { chosenThreshold, type ModelFigures } from "./figures.ts";
import { useAgeDesk, useAgeSettings } from "#src/features/age-check/age-desk.ts";
import { FigureSection, FigureTable, Note } from "./figure-section.tsx";
import { bandRows, notComputableTexts, rateText, thresholdText } from "./words.ts";

const ADULT = 18;

/** Whether the model would let a minor through, at the ages its groups can tell apart. */
export function ThresholdFigure({ figures }: { figures: ModelFigures }) {
  const { thresholds, groups } = figures;
  const settings = useAgeSettings();
  const rates = chosenThreshold(thresholds, settings.threshold);
  if (rates === null) return null;
  return (
    <FigureSection title="Would it let a minor through?">
      <p className="text-control">{thresholdText(rates)}</p>
      <ThresholdSlider
        thresholds={thresholds.map(({ threshold }) => threshold)}
        at={rates.threshold}
      />
      <ThresholdTable rates={rates} />
      {rates.adultLimit !== null && rates.adultLimit.adultsChallenged.n > 0 && (
        <Note>
          Aged {ADULT}–{rates.threshold - 1} and stopped:{" "}
          {rateText(rates.adultLimit.adultsChallenged)}. They are adults challenged by the buffer,
          which is not an error of the model.
        </Note>
      )}
      {notComputableTexts(groups).map((text) => (
        <Note key={text}>{text}</Note>
      ))}
    </FigureSection>
  );
}

function ThresholdSlider({ thresholds, at }: { thresholds: readonly number[]; at: number }) {
  const desk = useAgeDesk();
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="sr-only">
        Threshold age
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={thresholds.length - 1}
        step={1}
        value={thresholds.indexOf(at)}
        aria-valuetext={`${at} years`}
        onChange={(event) =>
          desk.change({ threshold: thresholds[event.target.valueAsNumber] ?? null })
        }
        className="w-full accent-ink"
      />
      <div aria-hidden="true" className="figures flex justify-between text-ink-2">
        {thresholds.map((age) => (
          <span key={age} className={age === at ? "font-semibold text-ink" : undefined}>
            {age}
          </span>
        ))}
      </div>
    </div>
  );
}

function ThresholdTable({ rates }: { rates: ThresholdRates }) {
  const { passedUnder, stoppedOver, adultLimit, undecidable, threshold } = rates;
  const near = bandRows(rates);
  return (
    <>
      <FigureTable
        caption={`Errors at ${threshold}, with 95 % intervals`}
        columns={["Error", "n · share (95 %)"]}
        rows={[
          [`Under ${threshold}, passed`, rateText(passedUnder)],
          ...(adultLimit === null
            ? []
            : [["Under 18, passed", rateText(adultLimit.minorsPassed)] as const]),
          [`${threshold} and over, stopped`, rateText(stoppedOver)],
        ]}
      />
      {undecidable > 0 && (
        <Note>{undecidable} whose true range spans the threshold are in no rate.</Note>
      )}
      {near.length > 0 && (
        <details>
          <summary className="text-xs text-ink-2">By distance to the threshold</summary>
          <FigureTable
            caption="Errors by distance to the threshold, of exact ages"
            columns={["Exact age", "wrong side"]}
            rows={near}
          />
        </details>
      )}
    </>
  );
}
