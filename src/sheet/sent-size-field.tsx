import type { ReactNode } from "react";
import { sentSideOf } from "#src/catalog/sent-side.ts";
import type { Recipe, SentSize } from "#src/domain/recipe.ts";
import { controlLook, Field } from "#src/ui/field.tsx";

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
                ? `Auto for this model · ${auto.toLocaleString("en-US")} px`
                : `${size.toLocaleString("en-US")} px${size > copySide ? " · larger than the copies" : ""}`}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
