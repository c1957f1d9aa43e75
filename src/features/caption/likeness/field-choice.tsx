import { useId } from "react";
import type { FieldId } from "#src/domain/field.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { controlLook } from "#src/ui/field.tsx";

interface ChoiceProps {
  label: string;
  /** Each with its name on screen. */
  options: readonly (readonly [value: string, name: string])[];
  value: string;
  onChange: (value: string) => void;
}

/** A small choice with its label before it. */
export function Choice({ label, options, value, onChange }: ChoiceProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="text-xs font-semibold text-ink-2">
        {label}
      </label>
      <select
        id={id}
        className={`${controlLook} w-auto! py-1! text-control!`}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      >
        {options.map(([each, name]) => (
          <option key={each} value={each}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Which field’s texts a dialog is about; nothing if the sheet has only one. */
export function FieldChoice(choice: { value: FieldId; onChange: (id: FieldId) => void }) {
  const fields = useSheet((state) => state.sheet.fields);
  if (fields.length === 1) return null;
  return <Choice label="Field" options={fields.map(({ id, name }) => [id, name])} {...choice} />;
}
