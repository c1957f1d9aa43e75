import { useId } from "react";
import type { FieldId } from "#src/domain/field.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { controlLook } from "#src/ui/field.tsx";

/** Which field’s texts a dialog is about; nothing if the sheet has only one. */
export function FieldChoice({
  value,
  onChange,
}: {
  value: FieldId;
  onChange: (id: FieldId) => void;
}) {
  const id = useId();
  const fields = useSheet((state) => state.sheet.fields);
  if (fields.length === 1) return null;
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="text-xs font-semibold text-ink-2">
        Field
      </label>
      <select
        id={id}
        className={`${controlLook} w-auto! py-1! text-control!`}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      >
        {fields.map((field) => (
          <option key={field.id} value={field.id}>
            {field.name}
          </option>
        ))}
      </select>
    </div>
  );
}
