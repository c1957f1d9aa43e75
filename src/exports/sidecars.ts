import { downloadZip } from "client-zip";
import { oneLine, type CaptionRow } from "./caption-row.ts";
import { safePaths } from "./safe-names.ts";

export interface TextFile {
  path: string;
  text: string;
}

/** One text file per captioned image, and what the user should know about them. */
export interface Sidecars {
  files: readonly TextFile[];
  captionCount: number;
  /** Files that share a base name with an earlier one, and so got a number. */
  renumbered: readonly { name: string; path: string }[];
  withoutCaption: readonly string[];
  simulatedCount: number;
}

/**
 * The captions as `.txt` files named after their images: UTF-8, one line, nothing but the caption, as trainers read
 * them. If a caption is simulated or a name had to change, a note in a separate file says so.
 */
export function captionSidecars(rows: readonly CaptionRow[]): Sidecars {
  const captioned = rows.flatMap((row) => (row.caption === null ? [] : [row]));
  const paths = safePaths(captioned, ".txt");
  const files = captioned.map((row, index) => ({
    path: paths[index]?.path ?? "",
    text: oneLine(row.caption ?? ""),
  }));
  const sidecars = {
    captionCount: files.length,
    renumbered: captioned.flatMap((row, index) => {
      const path = paths[index];
      return path?.renumbered === true ? [{ name: row.name, path: path.path }] : [];
    }),
    withoutCaption: rows.flatMap((row) => (row.caption === null ? [row.name] : [])),
    simulatedCount: captioned.filter((row) => row.simulated).length,
  };
  const note = noteOf(sidecars);
  return { ...sidecars, files: note === null ? files : [...files, note] };
}

/** The files as one ZIP archive. `modifiedAt` is epoch milliseconds. */
export function zipOf(files: readonly TextFile[], modifiedAt: number): Promise<Blob> {
  const lastModified = new Date(modifiedAt);
  return downloadZip(
    files.map(({ path, text }) => ({ name: path, input: text, lastModified })),
  ).blob();
}

function noteOf(sidecars: Omit<Sidecars, "files">): TextFile | null {
  const lines: string[] = [];
  if (sidecars.simulatedCount > 0) {
    lines.push(
      `SIMULATED: ${sidecars.simulatedCount} of these ${sidecars.captionCount} captions come from the sandbox. No model has seen the pictures.`,
    );
  }
  if (sidecars.renumbered.length > 0) {
    lines.push(
      "These images have the same name as another except for the extension, so their captions got a number:",
      ...sidecars.renumbered.map(({ name, path }) => `  ${oneLine(name)} -> ${path}`),
    );
  }
  return lines.length === 0
    ? null
    : { path: "_about these captions/read me.txt", text: `${lines.join("\n")}\n` };
}
