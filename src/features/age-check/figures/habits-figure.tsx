import type { ReviewHabits } from "#src/features/age-check/judging/reviewing.ts";
import { FigureSection, Note } from "./figure-section.tsx";
import { rateText } from "./words.ts";

/** What the reveal does to people, and how long they take. */
export function HabitsFigure({ habits }: { habits: ReviewHabits }) {
  const { changed, seconds } = habits;
  if (changed.n === 0 && seconds === null) return null;
  return (
    <FigureSection title="How it was judged">
      {changed.n > 0 && (
        <Note>Changed after the reveal: {rateText(changed)} of blind answers.</Note>
      )}
      {seconds !== null && (
        <Note>
          {seconds.median.toFixed(1)} s for one face (median of {seconds.n}; the middle half took{" "}
          {seconds.low.toFixed(1)}–{seconds.high.toFixed(1)} s).
        </Note>
      )}
    </FigureSection>
  );
}
