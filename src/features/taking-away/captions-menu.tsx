import { disarmed } from "#src/exports/csv.ts";
import { type ImageId, imageName } from "#src/domain/image.ts";
import { captionText, type ShownAnswer } from "#src/domain/shown-answer.ts";
import { counted } from "#src/lib/counted.ts";
import { report } from "#src/sheet/tell.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { useOpenSheet } from "#src/state/sheet/use-sheet.ts";
import { Menu, wordsTrigger } from "#src/ui/menu.tsx";
import { showToast } from "#src/ui/toasts.ts";
import type { CaptionForm } from "./captions-files.ts";
import { copyText } from "./save-file.ts";

/** What Caption shows of each image, in the sheet's order. */
type Shown = ReadonlyMap<ImageId, { shown: ShownAnswer }>;

interface ExportMenuProps {
  selectedCount: number;
  /** The selected images if some are selected, else all. */
  chosen: () => Shown;
}

/** Takes Caption's answers away. */
export function ExportMenu({ selectedCount, chosen }: ExportMenuProps) {
  const open = useOpenSheet();
  const which = selectedCount === 0 ? "every image" : `the ${selectedCount} selected`;
  const save = (form: CaptionForm) => () =>
    report(import("./captions-files.ts").then((files) => files.saveCaptions(open, chosen(), form)));
  return (
    <Menu
      label="Export"
      align="end"
      trigger={wordsTrigger("Export")}
      items={[
        {
          label: "CSV for spreadsheets",
          hint: `One line for ${which}, with cost and source`,
          onChoose: save("csv"),
        },
        {
          label: ".txt files in a ZIP",
          hint: "One caption per file, named after its image",
          onChoose: save("txt"),
        },
        { label: "JSON", hint: "Everything that is known", onChoose: save("json") },
        {
          label: "metadata.jsonl",
          hint: "For Hugging Face image folders",
          onChoose: save("jsonl"),
        },
        {
          label: "Copy all captions",
          hint: "Name and caption, as a table",
          onChoose: () => copyAll(open, chosen()),
        },
      ]}
    />
  );
}

function copyAll(open: OpenSheet, shown: Shown): void {
  const { images } = open.store.getState();
  const lines = [...shown].flatMap(([id, one]) => {
    const image = images.get(id);
    const text = captionText(one.shown);
    return image === undefined || text === null
      ? []
      : [`${cellOf(imageName(image))}\t${cellOf(text)}`];
  });
  if (lines.length === 0) showToast({ text: "There is no caption to copy yet.", kind: "copy" });
  else copyText(lines.join("\n"), `${counted(lines.length, "caption")} copied.`);
}

function cellOf(text: string): string {
  return disarmed(text.replaceAll(/\s+/gu, " ").trim());
}
