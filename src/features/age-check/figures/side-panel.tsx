import type { ReactNode } from "react";
import { classNames } from "#src/lib/class-names.ts";
import { AccuracyFigure, GroupFigure, YearsFigure } from "./accuracy-figures.tsx";
import { CalibrationFigure } from "./calibration-figure.tsx";
import { MatrixFigure } from "./matrix-figure.tsx";
import { ThresholdFigure } from "./threshold-figure.tsx";
import type { Faces } from "#src/features/age-check/grid/faces.ts";
import { judgeName } from "#src/features/age-check/judging/judgements.ts";
import { shortNameOf } from "#src/features/age-check/set-up/settings.ts";
import { SetUp } from "#src/features/age-check/set-up/set-up.tsx";
import { useAgeDesk, useAgeView } from "#src/features/age-check/age-desk.ts";
import { type AllFigures, useFigures } from "./use-figures.ts";
import type { ReviewHabits } from "#src/features/age-check/judging/reviewing.ts";
import { FigureSection, Note } from "./figure-section.tsx";
import { agreementText, changedText, judgesText, SCOPES, timedText } from "./words.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { JudgePair, ModelPair } from "./agreement.ts";

interface SidePanelProps {
  faces: Faces;
  className: string | undefined;
}

/** At the side: how it is judged, and what that says about the models. */
export function SidePanel({ faces, className }: SidePanelProps) {
  const figures = useFigures(faces);
  const modelId = useAgeView((state) => state.modelId);
  const shown = figures.models.find((one) => one.modelId === modelId) ?? figures.models[0];
  return (
    <aside
      aria-label="Set-up and figures"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so that keys must reach it
      tabIndex={0}
      className={classNames(
        "relative flex min-h-0 flex-col gap-5 overflow-y-auto overscroll-contain border-line bg-sheet px-4.5 pt-4 pb-8 md:border-l",
        className,
      )}
    >
      <details open={figures.judges.length === 0}>
        <summary className="text-control font-semibold">Set-up</summary>
        <div className="pt-3">
          <SetUp faces={faces} />
        </div>
      </details>
      <FigureChoices figures={figures} shownId={shown?.modelId ?? ""} />
      {shown !== undefined && (
        <>
          <AccuracyFigure figures={shown} set={figures.set} />
          <MatrixFigure confusion={shown.confusion} />
          <GroupFigure byGroup={shown.byGroup} />
          <YearsFigure outside={shown.yearsOutside} />
          <ThresholdFigure figures={shown} />
          <CalibrationFigure figures={shown} />
        </>
      )}
      <ModelPairFigures pairs={figures.modelPairs} />
      <JudgePairFigures pairs={figures.judgePairs} />
      <HabitsFigure habits={figures.habits} />
    </aside>
  );
}

function FigureChoices({ figures, shownId }: { figures: AllFigures; shownId: string }) {
  const { view } = useAgeDesk();
  const choice = useAgeView((state) => state.choice);
  const { scope, sets, models, judges } = figures;
  return (
    <section aria-label="What the figures are of" className="flex flex-col gap-2.5">
      <h2 className="text-title font-semibold tracking-tight">Figures</h2>
      <Picker
        label="Of which faces"
        value={scope}
        onChoose={(value) =>
          view.setState({ scope: SCOPES.find((one) => one.scope === value)?.scope ?? null })
        }
      >
        {SCOPES.map((one) => (
          <option key={one.scope} value={one.scope}>
            {one.name} ({sets[one.scope].judged.length} judged)
          </option>
        ))}
      </Picker>
      <p className="-mt-1 text-xs text-ink-2">{SCOPES.find((one) => one.scope === scope)?.note}</p>
      {models.length > 1 && (
        <Picker
          label="Of which model"
          value={shownId}
          onChoose={(modelId) => view.setState({ modelId })}
        >
          {models.map(({ modelId }) => (
            <option key={modelId} value={modelId}>
              {shortNameOf(modelId)}
            </option>
          ))}
        </Picker>
      )}
      {judges.length > 1 && (
        <Picker
          label="Truth by"
          value={choice}
          onChoose={(value) =>
            view.setState({ choice: judges.find((judge) => judge === value) ?? "anyone" })
          }
        >
          <option value="anyone">Everyone, conflicts left out</option>
          {judges.map((judge) => (
            <option key={judge} value={judge}>
              {judgeName(judge)}
            </option>
          ))}
        </Picker>
      )}
    </section>
  );
}

interface PickerProps {
  label: string;
  value: string;
  onChoose: (value: string) => void;
  children: ReactNode;
}

function Picker({ label, value, onChoose, children }: PickerProps) {
  return (
    <label className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-center gap-2 text-xs font-semibold text-ink-2">
      {label}
      <select
        value={value}
        onChange={(event) => onChoose(event.target.value)}
        className="w-full rounded border border-line-2 bg-sheet px-2 py-1.5 text-control font-normal text-ink"
      >
        {children}
      </select>
    </label>
  );
}

/** How the models' verdicts on the same faces compare. */
function ModelPairFigures({ pairs }: { pairs: readonly ModelPair[] }) {
  const known = pairs.filter(({ n }) => n > 0);
  if (known.length === 0) return null;
  return (
    <FigureSection title="Models against each other">
      {known.map((pair) => (
        <div key={pair.modelIds.join()} className="flex flex-col gap-1">
          <p className="text-control">{pair.modelIds.map(shortNameOf).join(" and ")}</p>
          <Note>
            Of {pair.n} faces both named a group for: same years {pair.agree}, overlapping{" "}
            {pair.overlap}, apart {pair.disjoint.length}.
          </Note>
          <ShowFaces imageIds={pair.disjoint} label="models apart" />
          <Note>
            {pair.agreement === null
              ? "Kappa needs one scale, and these two models have different groups."
              : agreementText(pair.agreement)}
          </Note>
        </div>
      ))}
    </FigureSection>
  );
}

/** How the judges agree, with the faces on which they don't. */
function JudgePairFigures({ pairs }: { pairs: readonly JudgePair[] }) {
  if (pairs.length === 0) return null;
  return (
    <FigureSection title="Judges against each other">
      {pairs.map((pair) => (
        <div key={pair.judges.join()} className="flex flex-col gap-1">
          <p className="text-control">{pair.judges.map(judgeName).join(" and ")}</p>
          <Note>{judgesText(pair)}</Note>
          <Note>{agreementText(pair.agreement)}</Note>
          <ShowFaces imageIds={pair.contrary} label="judges in conflict" />
          <ShowFaces imageIds={pair.different} label="judges differ" />
        </div>
      ))}
    </FigureSection>
  );
}

function ShowFaces({ imageIds, label }: { imageIds: readonly ImageId[]; label: string }) {
  const { view } = useAgeDesk();
  if (imageIds.length === 0) return null;
  return (
    <button
      type="button"
      className="self-start text-xs text-info underline underline-offset-3"
      onClick={() => view.setState({ mode: "grid", panel: "faces", focus: { label, imageIds } })}
    >
      Show {imageIds.length}: {label}
    </button>
  );
}

/** How the reveal changes what users say, and how long they take. */
function HabitsFigure({ habits }: { habits: ReviewHabits }) {
  const { changed, seconds } = habits;
  if (changed.n === 0 && seconds === null) return null;
  return (
    <FigureSection title="How it was judged">
      {changed.n > 0 && <Note>{changedText(habits)}</Note>}
      {seconds !== null && <Note>{timedText(seconds)}</Note>}
    </FigureSection>
  );
}
