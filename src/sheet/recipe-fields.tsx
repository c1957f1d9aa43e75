import { ChevronDown } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { AGE_MODELS, modelById, TEXT_MODELS, sentSideOf } from "#src/catalog/find-models.ts";
import type { Model } from "#src/catalog/models.ts";
import { MOST_PROMPT_CHARACTERS, PROMPT_PRESETS } from "#src/catalog/presets.ts";
import { formatUsd } from "#src/domain/money.ts";
import type { Recipe, SentSize } from "#src/domain/recipe.ts";
import { classNames } from "#src/lib/class-names.ts";
import { Chip } from "#src/ui/button.tsx";
import { controlLook, Field } from "#src/ui/field.tsx";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { grouped } from "#src/lib/counted.ts";

interface ModelPickerProps {
  /** AIR id; one that the catalogue does not know is shown unchanged. */
  modelId: string;
  onChange: (model: Model) => void;
}

/**
 * The models of the catalogue with what decides between them. An invisible native select covers a card that shows the
 * chosen model, so the browser's own keys, lists and assistive technology work, also on a phone.
 */
export function ModelPicker({ modelId, onChange }: ModelPickerProps) {
  const id = useId();
  const model = modelById(modelId);
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-xs font-semibold text-ink-2">
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
          className="listed absolute inset-0 size-full cursor-pointer opacity-0"
        >
          {model === null && <option value={modelId}>{modelId}, unknown to this app</option>}
          <ModelOptions label="Answers with text" models={TEXT_MODELS} />
          <ModelOptions label="Answers with an age group" models={AGE_MODELS} />
        </select>
      </div>
      <p id={`${id}-advice`} className="mt-1.5 text-xs text-ink-2">
        {model?.advice ?? "This model is not in the catalogue: its price is unknown."}
      </p>
    </div>
  );
}

/** "$0.0006", "$0.0013–0.0019": the published price per image. */
export function priceText({ price }: Model): string {
  const low = formatUsd(price.low);
  return price.low === price.high ? low : `${low}–${formatUsd(price.high).replace("$", "")}`;
}

function ModelCard({ modelId, model }: { modelId: string; model: Model | null }) {
  return (
    <div aria-hidden="true" className="px-2.75 py-2">
      <div className="flex items-start justify-between gap-2">
        <span className="font-semibold">{model?.name ?? "Unknown model"}</span>
        <ChevronDown size={15} className="mt-0.75 shrink-0 text-ink-2" />
      </div>
      <div className="flex flex-wrap justify-between gap-x-2 text-xs text-ink-2">
        <span>
          {modelId}
          {model !== null && ` · ${model.answers === "text" ? "text" : "age group"}`}
        </span>
        <span className="tabular-nums">{model === null ? "" : priceText(model)}</span>
      </div>
    </div>
  );
}

const PROMPT_USE: Readonly<Record<Model["prompt"], string>> = {
  followed: "takes a prompt",
  optional: "prompt optional",
  none: "no prompt",
};

function ModelOptions({ label, models }: { label: string; models: readonly Model[] }) {
  return (
    <optgroup label={label}>
      {models.map((model) => (
        <option key={model.id} value={model.id}>
          <b>{model.name}</b> · {model.id} · {priceText(model)} · {PROMPT_USE[model.prompt]}{" "}
          <small>{model.advice}</small>
        </option>
      ))}
    </optgroup>
  );
}

interface PromptFieldProps {
  value: string;
  /** Why the model takes no prompt; null if it takes one. */
  refusal: string | null;
  /** What else the user should know about the model and its prompt. */
  note?: string | null;
  /** The field that it asks for, if the sheet has several. */
  of?: string | null;
  /** Shown above the text, in place of the prompts to start from. */
  library?: ReactNode;
  /** Shown under the text. */
  tools?: ReactNode;
  onChange: (prompt: string) => void;
  /** One of the prompts to start from takes the place of what is there. */
  onChoose: (prompt: string) => void;
}

/** The prompt that is sent, and prompts to start from. It is disabled, with the reason, for models that take none. */
export function PromptField(props: PromptFieldProps) {
  const { value, refusal, note = null, of = null, library, tools, onChange, onChoose } = props;
  const id = useId();
  const isFull = value.length >= MOST_PROMPT_CHARACTERS;
  const full = isFull ? "A prompt can have at most 10,000 characters." : null;
  const said = refusal ?? full ?? note;
  const isFramed = library !== undefined;
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-xs font-semibold text-ink-2">
        Prompt{of === null ? "" : ` for ${of}`}
      </label>
      <div className={classNames(isFramed && "rounded border border-line-2 bg-sheet")}>
        {library}
        <PromptText
          id={id}
          value={refusal === null ? value : ""}
          isDisabled={refusal !== null}
          isFramed={isFramed}
          noteId={said === null ? undefined : `${id}-note`}
          onChange={onChange}
        />
        {tools}
      </div>
      {said !== null && (
        <p id={`${id}-note`} className="mt-1.5 text-xs text-ink-2">
          {said}
        </p>
      )}
      {refusal === null && !isFramed && (
        <fieldset className="mt-2.5 flex flex-wrap gap-1.5">
          <legend className="sr-only">Prompts to start from</legend>
          {PROMPT_PRESETS.map((preset) => (
            <Chip
              key={preset.id}
              pressed={preset.prompt === value}
              title={preset.use}
              onClick={() => onChoose(preset.prompt)}
            >
              {preset.name}
            </Chip>
          ))}
        </fieldset>
      )}
    </div>
  );
}

// Only a prompt with braces may have variables.
const VariableMarks = lazyPart(async () => (await import("./variable-marks.tsx")).VariableMarks, {
  broken: null,
});

interface PromptTextProps {
  id: string;
  value: string;
  isDisabled: boolean;
  isFramed: boolean;
  noteId: string | undefined;
  onChange: (prompt: string) => void;
}

function PromptText({ id, value, isDisabled, isFramed, noteId, onChange }: PromptTextProps) {
  const [scrollPx, setScrollPx] = useState(0);
  return (
    <div className="relative">
      {value.includes("{") && <VariableMarks text={value} scrollPx={scrollPx} />}
      <textarea
        id={id}
        data-prompt
        className={classNames(
          controlLook,
          "relative field-sizing-content max-h-72 resize-y bg-transparent leading-[1.45]",
          isDisabled ? "min-h-10" : "min-h-26",
          isFramed && "rounded-none border-transparent",
        )}
        value={value}
        placeholder={isDisabled ? "No prompt is sent" : "No prompt: the model says what it likes"}
        disabled={isDisabled}
        maxLength={MOST_PROMPT_CHARACTERS}
        aria-describedby={noteId}
        onScroll={(event) => setScrollPx(event.currentTarget.scrollTop)}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

const SIZES = ["auto", 512, 768, 1024, 1536, 2048] as const satisfies readonly SentSize[];

interface SentSizeFieldProps {
  recipe: Recipe;
  /** The longest side of the copies this sheet keeps: a larger size is sent at this one. */
  copySide: number;
  /** Shown under it: what becomes of a picture before it is sent. */
  hint?: ReactNode;
  onChange: (sentSize: SentSize) => void;
}

/** How large pictures are sent: a native select. */
export function SentSizeField({ recipe, copySide, hint, onChange }: SentSizeFieldProps) {
  const auto = sentSideOf({ ...recipe, sentSize: "auto" });
  return (
    <Field label="Sent size" hint={hint}>
      {(control) => (
        <select
          {...control}
          className={controlLook}
          value={recipe.sentSize}
          onChange={(event) => {
            const size = SIZES.find((candidate) => String(candidate) === event.target.value);
            if (size !== undefined) onChange(size);
          }}
        >
          {SIZES.map((size) => (
            <option key={size} value={size} disabled={size !== "auto" && size > copySide}>
              {size === "auto"
                ? `Auto for this model · ${grouped(auto)} px`
                : `${grouped(size)} px${size > copySide ? " · larger than the copies" : ""}`}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
