import { safeName } from "#src/exports/safe-names.ts";
import { download } from "#src/ui/save-target.ts";
import { showToast } from "#src/ui/toasts.ts";

const MIME = {
  csv: "text/csv",
  html: "text/html",
  json: "application/json",
  jsonl: "application/jsonl",
  zip: "application/zip",
} as const;

/** What is taken away, and what its name says. */
interface TakenFile {
  sheetName: string;
  /** What of the sheet it holds, such as "verdicts"; left out if that goes without saying. */
  holds?: string;
  /** True if an answer in it is made up: the name says so, wherever the file goes. */
  simulated: boolean;
  ending: keyof typeof MIME;
  content: Blob | string | readonly string[];
}

/** Hands a file to the browser's downloads. */
export function saveFile({ content, ...about }: TakenFile): void {
  const blob =
    content instanceof Blob ? content : new Blob([content].flat(), { type: MIME[about.ending] });
  download(blob, fileNameOf(about));
}

/** "Sheet holds (simulated).ending". */
export function fileNameOf({ sheetName, holds, simulated, ending }: Omit<TakenFile, "content">) {
  const words = [safeName(sheetName, "sheet"), holds ?? "", simulated ? "(simulated)" : ""];
  return `${words.filter((word) => word !== "").join(" ")}.${ending}`;
}

/** Says what was taken away, or why nothing was. */
export function tellTaken(text: string, tone: "plain" | "warn" = "plain"): void {
  showToast({ text, tone, kind: "export" });
}

/** Puts text on the clipboard and says so. */
export function copyText(text: string, done: string): void {
  navigator.clipboard.writeText(text).then(
    () => showToast({ text: done, kind: "copy" }),
    () =>
      showToast({
        text: "The browser did not allow copying: select the text and copy it yourself.",
        tone: "warn",
        kind: "copy",
      }),
  );
}
