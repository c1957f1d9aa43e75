import { useState } from "react";
import { Field } from "#src/ui/field.tsx";

interface FileChooserProps {
  label: string;
  accept: string;
  multiple?: boolean;
  onRead: (files: readonly { name: string; content: string }[]) => void;
}

const MOST_BYTES = 50_000_000;

/** Reads text files that the person chooses. Nothing leaves the browser. */
export function FileChooser({ label, accept, multiple = false, onRead }: FileChooserProps) {
  const [error, setError] = useState<string | null>(null);
  const read = async (chosen: readonly File[]) => {
    const tooLarge = chosen.find((file) => file.size > MOST_BYTES);
    if (tooLarge !== undefined) {
      setError(`${tooLarge.name} is over 50 MB: that is not a file of this kind.`);
      return;
    }
    try {
      onRead(
        await Promise.all(
          chosen.map(async (file) => ({ name: file.name, content: await file.text() })),
        ),
      );
      setError(null);
    } catch {
      setError("The browser could not read that file. Choose it again.");
    }
  };
  return (
    <Field label={label} error={error}>
      {(control) => (
        <input
          {...control}
          type="file"
          accept={accept}
          multiple={multiple}
          onChange={(event) => void read([...(event.target.files ?? [])])}
          className="block w-full text-control file:mr-3 file:rounded file:border file:border-solid file:border-line-2 file:bg-sheet file:px-2.75 file:py-1.25 file:text-ink"
        />
      )}
    </Field>
  );
}
