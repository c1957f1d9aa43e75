import { ChevronDown } from "lucide-react";
import { useId } from "react";
import { AGE_MODELS, modelById, TEXT_MODELS } from "#src/catalog/find-models.ts";
import type { Model } from "#src/catalog/models.ts";
import { formatUsd } from "#src/domain/money.ts";
import { classNames } from "#src/lib/class-names.ts";

interface ModelPickerProps {
  /** AIR id; one that the catalogue does not know is shown as it is. */
  modelId: string;
  onChange: (model: Model) => void;
  /** Which models are offered; both kinds where left out. */
  answers?: Model["answers"];
  /** The visible label; the accessible name either way is "Model". */
  hidesLabel?: boolean;
  className?: string;
}

/**
 * The models of the catalogue with what decides between them. A native select lies, unseen, over a card that shows the
 * chosen one: so the browser's own keys, lists and assistive technology work, on a phone too.
 */
export function ModelPicker({
  modelId,
  onChange,
  answers,
  hidesLabel = false,
  className,
}: ModelPickerProps) {
  const id = useId();
  const model = modelById(modelId);
  return (
    <div className={className}>
      <label
        htmlFor={id}
        className={hidesLabel ? "sr-only" : "mb-1.5 block text-xs font-semibold text-ink-2"}
      >
        Model
      </label>
      <div className="relative rounded border border-line-2 bg-sheet has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
        <ModelCard modelId={modelId} model={model} />
        <select
          id={id}
          aria-describedby={`${id}-advice`}
          value={modelId}
          onChange={(event) => {
            const chosen = modelById(event.target.value);
            if (chosen !== null) onChange(chosen);
          }}
          className="model-select absolute inset-0 size-full cursor-pointer opacity-0"
        >
          {model === null && <option value={modelId}>{modelId}, unknown to this app</option>}
          {answers !== "age" && <ModelOptions label="Answers with text" models={TEXT_MODELS} />}
          {answers !== "text" && (
            <ModelOptions label="Answers with an age group" models={AGE_MODELS} />
          )}
        </select>
      </div>
      <p id={`${id}-advice`} className="mt-1.5 text-xs text-ink-2">
        {model?.advice ?? "This model is not in the catalogue: its price is unknown."}
      </p>
    </div>
  );
}

/** "$0.0006", "$0.0013–0.0019": the published price for one image. */
export function priceText({ price }: Model): string {
  const low = formatUsd(price.low);
  return price.low === price.high ? low : `${low}–${formatUsd(price.high).replace("$", "")}`;
}

function ModelCard({ modelId, model }: { modelId: string; model: Model | null }) {
  return (
    <div aria-hidden="true" className="grid grid-cols-[1fr_auto] gap-x-2 gap-y-px px-2.75 py-2">
      <span className="font-semibold">{model?.name ?? "Unknown model"}</span>
      <ChevronDown size={15} className="mt-0.75 justify-self-end text-ink-2" />
      <span className={classNames("text-xs text-ink-2")}>
        {modelId}
        {model !== null && ` · ${model.answers === "text" ? "text" : "age group"}`}
      </span>
      <span className="text-xs text-ink-2 tabular-nums">
        {model === null ? "" : priceText(model)}
      </span>
    </div>
  );
}

function ModelOptions({ label, models }: { label: string; models: readonly Model[] }) {
  return (
    <optgroup label={label}>
      {models.map((model) => (
        <option key={model.id} value={model.id}>
          {`${model.name} · ${model.id} · ${priceText(model)} · ${model.takesPrompt ? "takes a prompt" : "no prompt"}`}
        </option>
      ))}
    </optgroup>
  );
}
