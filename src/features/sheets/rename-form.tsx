import { useEffect, useRef, type FormEvent } from "react";
import { Button } from "#src/ui/button.tsx";
import { controlLook } from "#src/ui/field.tsx";

const MOST_LETTERS = 120;

/** A sheet's name, being changed in its row. Calls back with null where it stays as it is. */
export function RenameForm({
  name,
  onDone,
}: {
  name: string;
  onDone: (name: string | null) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const changed = input.current?.value.trim() ?? "";
    onDone(changed === "" || changed === name ? null : changed);
  };
  return (
    <li className="px-2 py-1.5">
      <form className="flex gap-2" onSubmit={submit}>
        <input
          ref={input}
          aria-label={`New name of “${name}”`}
          defaultValue={name}
          maxLength={MOST_LETTERS}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            // Else the dialog around it would close.
            event.preventDefault();
            onDone(null);
          }}
          className={controlLook}
        />
        <Button type="submit">Rename</Button>
      </form>
    </li>
  );
}
