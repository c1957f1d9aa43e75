import { useId, type ComponentProps, type ReactNode } from "react";
import { classNames } from "#src/lib/class-names.ts";

interface ChoiceProps extends Omit<ComponentProps<"input">, "type"> {
  /** "radio" needs a `name` too. */
  type: "radio" | "checkbox";
  label: string;
  hint?: ReactNode;
  /** A frame around it, for the few large choices of a dialog. */
  framed?: boolean;
}

/** A native radio button or checkbox with its label, and a line that explains it. */
export function Choice({ type, label, hint, framed = false, className, ...rest }: ChoiceProps) {
  const id = useId();
  return (
    <div
      className={classNames(
        "flex items-start gap-2.5",
        framed && "rounded border border-line-2 px-3 py-2.5 has-checked:border-ink",
        className,
      )}
    >
      <input
        id={id}
        type={type}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="mt-0.75 size-4 shrink-0 accent-ink"
        {...rest}
      />
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className={classNames("block text-sm", framed && "font-medium")}>
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className="text-xs text-ink-2">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
