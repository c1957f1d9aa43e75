import { useEffect, useRef, useState } from "react";
import { Field } from "#src/ui/field.tsx";
import { report } from "#src/sheet/tell.ts";

interface FileChooserProps<Content> {
  label: string;
  accept: string;
  multiple?: boolean;
  /** Reads one file away from the page; null for a file that is not of this kind. */
  read: (file: File, signal: AbortSignal) => Promise<Content | null>;
  onRead: (files: readonly { name: string; content: Content | null }[]) => void;
}

const MOST_BYTES = 50_000_000;

/** Reads text files that the user chooses. Nothing leaves the browser. Closing the dialog, or choosing again, ends it. */
export function FileChooser<Content>({
  label,
  accept,
  multiple = false,
  read,
  onRead,
}: FileChooserProps<Content>) {
  const [error, setError] = useState<string | null>(null);
  const [isReading, setReading] = useState(false);
  const ending = useRef<AbortController | null>(null);
  useEffect(() => () => ending.current?.abort(), []);
  const readAll = async (chosen: readonly File[]) => {
    ending.current?.abort();
    const { signal } = (ending.current = new AbortController());
    const tooLarge = chosen.find((file) => file.size > MOST_BYTES);
    if (tooLarge !== undefined) {
      setError(`${tooLarge.name} is over 50 MB, so it is not a file of this kind.`);
      return;
    }
    setError(null);
    setReading(true);
    try {
      const files: { name: string; content: Content | null }[] = [];
      for (const file of chosen) files.push({ name: file.name, content: await read(file, signal) });
      onRead(files);
    } catch {
      if (!signal.aborted) setError("The browser could not read that file. Choose it again.");
    }
    if (!signal.aborted) setReading(false);
  };
  return (
    <Field label={label} error={error} hint={isReading ? "Reading…" : undefined}>
      {(control) => (
        <input
          {...control}
          type="file"
          accept={accept}
          multiple={multiple}
          onChange={(event) => report(readAll([...(event.target.files ?? [])]))}
          className="block w-full text-control file:mr-3 file:rounded file:border file:border-solid file:border-line-2 file:bg-sheet file:px-2.75 file:py-1.25 file:text-ink"
        />
      )}
    </Field>
  );
}
