import { useId, type ReactNode } from "react";
import { classNames } from "#src/lib/class-names.ts";

/** Spread these on the control inside a field. */
export interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": boolean | undefined;
}

interface FieldProps {
  label: string;
  /** Shown under the control. */
  hint?: ReactNode;
  /** Replaces the hint, and marks the control. */
  error?: string | null;
  className?: string;
  children: (control: FieldControl) => ReactNode;
}

/** The look of a text box, select or text area. */
export const controlLook =
  "block w-full rounded border border-line-2 bg-sheet px-2.5 py-2 text-sm text-ink placeholder:text-ink-2 aria-invalid:border-warn disabled:text-ink-2";

/** A label above a control, with a hint or an error under it. */
export function Field({ label, hint, error = null, className, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-xs font-semibold text-ink-2">
        {label}
      </label>
      {children({
        id,
        "aria-describedby": note === undefined ? undefined : noteId,
        "aria-invalid": error === null ? undefined : true,
      })}
      {note !== undefined && (
        <p
          id={noteId}
          className={classNames("mt-1.5 text-xs", error === null ? "text-ink-2" : "text-warn")}
        >
          {note}
        </p>
      )}
    </div>
  );
}
