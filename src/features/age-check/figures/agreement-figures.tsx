import type { ImageId } from "#src/domain/image.ts";
import type { JudgePair, ModelPair } from "./agreement.ts";
import { judgeName } from "#src/features/age-check/judging/judgements.ts";
import { shortNameOf } from "#src/features/age-check/set-up/settings.ts";
import { useAgeDesk } from "#src/features/age-check/age-desk.ts";
import { FigureSection, Note } from "./figure-section.tsx";
import { agreementText, judgesText, shownText } from "./words.ts";

/** How the models' verdicts on the same faces compare. */
export function ModelPairFigures({ pairs }: { pairs: readonly ModelPair[] }) {
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
              : shownText(pair.agreement, "Kappa", agreementText)}
          </Note>
        </div>
      ))}
    </FigureSection>
  );
}

/** How the judges agree, with the faces on which they don't. */
export function JudgePairFigures({ pairs }: { pairs: readonly JudgePair[] }) {
  if (pairs.length === 0) return null;
  return (
    <FigureSection title="Judges against each other">
      {pairs.map((pair) => (
        <div key={pair.judges.join()} className="flex flex-col gap-1">
          <p className="text-control">{pair.judges.map(judgeName).join(" and ")}</p>
          <Note>{judgesText(pair)}</Note>
          <Note>{shownText(pair.agreement, "Kappa", agreementText)}</Note>
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
