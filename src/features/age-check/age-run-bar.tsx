import { useMemo } from "react";
import type { ImageId } from "#src/domain/image.ts";
import { formatUsd } from "#src/domain/money.ts";
import { RunBar } from "#src/sheet/run-bar.tsx";
import { estimateText } from "#src/sheet/run-estimate.ts";
import { useEstimator } from "#src/state/use-run-estimate.ts";
import { useSheet } from "#src/state/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { askingOf, type Asking } from "./age-runs.ts";
import type { Face } from "./faces.ts";
import { useAgeDesk, useAgeSettings } from "./use-age.ts";

/** Age check's foot: what can be asked, for how much, and how the asking goes. */
export function AgeRunBar({ faces }: { faces: ReadonlyMap<ImageId, Face> }) {
  const { modelIds } = useAgeSettings();
  const asking = useMemo(() => askingOf([...faces.values()], modelIds), [faces, modelIds]);
  return (
    <RunBar
      counts={asking}
      start={<StartButtons asking={asking} modelIds={modelIds} />}
      warning={<CapNote asking={asking} />}
      outlook={modelIds.length > 1 ? `${modelIds.length} models` : ""}
    />
  );
}

function StartButtons({ asking, modelIds }: { asking: Asking; modelIds: readonly string[] }) {
  const desk = useAgeDesk();
  const estimate = useMissingEstimate(asking);
  const faces = new Set([...asking.missing.values()].flat()).size;
  const count = questionsIn(asking);
  const models = modelIds.length > 1 && count > 0 ? ` × ${modelIds.length} models` : "";
  const price = count === 0 ? "" : ` · ${estimateText(estimate)}`;
  return (
    <>
      <Button
        look={count === 0 ? "ghost" : "strong"}
        keys="$mod+Enter"
        disabled={count === 0}
        onClick={() => desk.run("missing")}
      >
        <span className="truncate">
          Check {faces.toLocaleString("en-US")} {faces === 1 ? "face" : "faces"}
          {models}
          <span className="font-normal opacity-80">{price}</span>
        </span>
      </Button>
      {asking.retriable.length > 0 && (
        <Button onClick={() => desk.run("failed")}>Retry {asking.retriable.length} failed</Button>
      )}
    </>
  );
}

/** Said before the run: that it will stop at the cap. */
function CapNote({ asking }: { asking: Asking }) {
  const cap = useSheet((state) => state.sheet.run.capMicroUsd);
  const spent = useSheet((state) => state.run.spentMicroUsd + state.run.heldMicroUsd);
  const { microUsd } = useMissingEstimate(asking);
  if (cap === null || microUsd === null || questionsIn(asking) === 0 || spent + microUsd <= cap)
    return null;
  return (
    <p className="mb-2 text-control text-warn">
      The cap of {formatUsd(cap)} leaves {formatUsd(Math.max(0, cap - spent))}: the run will pause
      before it is through. Raise it under “Spent”.
    </p>
  );
}

function useMissingEstimate({ missing }: Asking) {
  const estimate = useEstimator();
  const parts = [...missing].map(([modelId, ids]) => estimate(modelId, ids.length));
  return parts.reduce(
    (sum, part) => ({
      microUsd:
        sum.microUsd === null || part.microUsd === null ? null : sum.microUsd + part.microUsd,
      seconds: sum.seconds === null || part.seconds === null ? null : sum.seconds + part.seconds,
    }),
    { microUsd: 0, seconds: 0 },
  );
}

function questionsIn({ missing }: Asking): number {
  return [...missing.values()].reduce((sum, ids) => sum + ids.length, 0);
}
