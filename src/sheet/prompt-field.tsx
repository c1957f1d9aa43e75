import { useId } from "react";
import { MOST_PROMPT_CHARACTERS, PROMPT_PRESETS } from "#src/catalog/presets.ts";
import { classNames } from "#src/lib/class-names.ts";
import { Chip } from "#src/ui/button.tsx";
import { controlLook } from "#src/ui/field.tsx";

interface PromptFieldProps {
  value: string;
  /** Why the model takes no prompt; null if it takes one. */
  refusal: string | null;
  onChange: (prompt: string) => void;
  className?: string;
}

/**
 * The prompt that is sent, and prompts to start from. It is disabled, with the reason, for models that take
 * none.
 */
export function PromptField({ value, refusal, onChange, className }: PromptFieldProps) {
  const id = useId();
  const isFull = value.length >= MOST_PROMPT_CHARACTERS;
  const note = refusal ?? (isFull ? "A prompt can have at most 10,000 characters." : null);
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-xs font-semibold text-ink-2">
        Prompt
      </label>
      <textarea
        id={id}
        className={classNames(
          controlLook,
          "field-sizing-content max-h-72 resize-y leading-[1.45]",
          refusal === null ? "min-h-26" : "min-h-10",
        )}
        value={refusal === null ? value : ""}
        placeholder={
          refusal === null ? "No prompt: the model says what it likes" : "No prompt is sent"
        }
        disabled={refusal !== null}
        maxLength={MOST_PROMPT_CHARACTERS}
        aria-describedby={note === null ? undefined : `${id}-note`}
        onChange={(event) => onChange(event.target.value)}
      />
      {note !== null && (
        <p id={`${id}-note`} className="mt-1.5 text-xs text-ink-2">
          {note}
        </p>
      )}
      {refusal === null ? (
        <fieldset className="mt-2.5 flex flex-wrap gap-1.5">
          <legend className="sr-only">Prompts to start from</legend>
          {PROMPT_PRESETS.map((preset) => (
            <Chip
              key={preset.id}
              pressed={preset.prompt === value}
              title={preset.use}
              onClick={() => onChange(preset.prompt)}
            >
              {preset.name}
            </Chip>
          ))}
        </fieldset>
      ) : null}
    </div>
  );
}
