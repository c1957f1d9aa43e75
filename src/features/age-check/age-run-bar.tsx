import { counted } from "#src/lib/counted.ts";
import { useMemo } from "react";
import { CapWarning, useOverCap, estimateText } from "#src/sheet/run-price.tsx";
import { RunBar } from "#src/sheet/run-bar.tsx";
import { type AskedModels, useRunEstimate } from "#src/state/run-estimate.ts";
import { Button } from "#src/ui/button.tsx";
import { type Asking, askingOf, useAgeDesk, useAgeSettings } from "./age-desk.ts";
import { AGE_ACTS } from "./actions.ts";
import type { Faces } from "./grid/faces.ts";

/** Age check's foot: what can be asked, for how much, and how the run is going. */
export function AgeRunBar({ faces }: { faces: Faces }) {
  const { modelIds } = useAgeSettings();
  const asking = useMemo(() => askingOf([...faces.values()], modelIds), [faces, modelIds]);
  return (
    <RunBar
      counts={asking}
      start={<StartButtons asking={asking} modelIds={modelIds} />}
      warning={<CapWarning asked={askedModels(asking)} />}
      outlook={modelIds.length > 1 ? `${modelIds.length} models` : ""}
    />
  );
}

function StartButtons({ asking, modelIds }: { asking: Asking; modelIds: readonly string[] }) {
  const desk = useAgeDesk();
  const asked = askedModels(asking);
  const estimate = useRunEstimate(asked);
  const overCap = useOverCap();
  const faces = new Set([...asking.missing.values()].flat()).size;
  const count = [...asked.values()].reduce((sum, each) => sum + each, 0);
  const models = modelIds.length > 1 && count > 0 ? ` × ${modelIds.length} models` : "";
  const price = count === 0 ? "" : `${overCap(asked)} · ${estimateText(estimate)}`;
  return (
    <>
      <Button
        look={count === 0 ? "ghost" : "strong"}
        keys={AGE_ACTS.run.keys[0]}
        disabled={count === 0}
        onClick={() => AGE_ACTS.run.run(desk)}
      >
        <span className="truncate">
          {faces === 0 ? "Nothing to check" : `Check ${counted(faces, "face")}`}
          {models}
          <span className="font-normal opacity-80">{price}</span>
        </span>
      </Button>
      {asking.retriable.length > 0 && (
        <Button onClick={() => AGE_ACTS.retry.run(desk)}>
          Retry {asking.retriable.length} failed
        </Button>
      )}
    </>
  );
}

function askedModels({ missing }: Asking): AskedModels {
  return new Map([...missing].map(([modelId, ids]) => [modelId, ids.length]));
}
