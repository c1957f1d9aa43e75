import { disarmed } from "#src/exports/csv.ts";
import type { Field, FieldId } from "#src/domain/field.ts";
import { imageName } from "#src/domain/image.ts";
import { counted } from "#src/lib/counted.ts";
import { report } from "#src/sheet/tell.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Menu, wordsTrigger } from "#src/ui/menu.tsx";
import { showToast } from "#src/ui/toasts.ts";
import type { CaptionForm, ShownTexts } from "./captions-files.ts";
import { copyText } from "./save-file.ts";

interface ExportMenuProps {
  selectedCount: number;
  /** The selected images if some are selected, else all. */
  chosen: () => ShownTexts;
  /** The field whose texts are taken; tables hold the others beside it. */
  field: Field;
}

/** Takes Caption's answers away. */
export function ExportMenu({ selectedCount, chosen, field }: ExportMenuProps) {
  const open = useOpenSheet();
  const several = useSheet((state) => state.sheet.fields.length > 1);
  const what = several ? field.name : "caption";
  const which = selectedCount === 0 ? "every image" : `the ${selectedCount} selected`;
  const save = (form: CaptionForm) => () =>
    report(
      import("./captions-files.ts").then((files) =>
        files.saveCaptions(open, { chosen: chosen(), fieldId: field.id }, form),
      ),
    );
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
          hint: `One ${what} per file, named after its image`,
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
          hint: `Name and ${what}, as a table`,
          onChoose: () => copyAll(open, chosen(), field.id),
        },
      ]}
    />
  );
}

function copyAll(open: OpenSheet, chosen: ShownTexts, fieldId: FieldId): void {
  const { images } = open.store.getState();
  const lines = [...chosen].flatMap(([id, { texts }]) => {
    const image = images.get(id);
    const text = texts.find((one) => one.fieldId === fieldId)?.text ?? null;
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
