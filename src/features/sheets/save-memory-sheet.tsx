import { useEffect, useRef } from "react";
import { Button } from "#src/ui/button.tsx";

interface SaveMemorySheetProps {
  name: string;
  onSave: () => void;
  onDone: () => void;
}

/** Says, in the sheet's row, what saving to a file means for a sheet that was to leave nothing behind. */
export function SaveMemorySheet({ name, onSave, onDone }: SaveMemorySheetProps) {
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  return (
    <li className="rounded bg-paper px-2 py-2 text-control">
      <p className="text-pretty">
        “{name}” is kept in memory only. The file will hold its pictures, its answers and what you
        marked, for whoever gets hold of it.
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button ref={cancel} onClick={onDone}>
          Do not save
        </Button>
        <Button
          onClick={() => {
            onDone();
            onSave();
          }}
        >
          Save with its pictures
        </Button>
      </div>
    </li>
  );
}
