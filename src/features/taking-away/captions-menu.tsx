import { useState } from "react";
import { disarmed } from "#src/exports/csv.ts";
import type { Field, FieldId } from "#src/domain/field.ts";
import { imageName } from "#src/domain/image.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { report } from "#src/sheet/tell.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Menu, wordsTrigger } from "#src/ui/menu.tsx";
import { showToast } from "#src/ui/toasts.ts";
import type { CaptionForm, ShownTexts } from "./captions-files.ts";
import { copyText } from "./save-file.ts";

/** Whose texts are taken. */
export type ExportScope = "all" | "selected" | "shown";

interface ExportMenuProps {
  /** How many images each takes; null if that is not another choice. */
  counts: Readonly<Record<ExportScope, number | null>>;
  chosen: (scope: ExportScope) => ShownTexts;
  /** The field whose texts are taken; tables hold the others beside it. */
  field: Field;
}

/** Takes Caption's answers away. */
export function ExportMenu({ counts, chosen: chosenOf, field }: ExportMenuProps) {
  const open = useOpenSheet();
  const several = useSheet((state) => state.sheet.fields.length > 1);
  const [wanted, setWanted] = useState<ExportScope | null>(null);
  const what = several ? field.name : "caption";
  const scopes = SCOPES.filter(({ scope }) => (counts[scope] ?? 0) > 0 || scope === "all");
  // The narrowest, as long as the user has not chosen another.
  const scope = scopes.find((one) => one.scope === wanted)?.scope ?? scopes[0]?.scope ?? "all";
  const chosen = () => chosenOf(scope);
  const which = scope === "all" ? "every image" : scopeWords(scope, counts[scope] ?? 0);
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
        ...(scopes.length === 1
          ? []
          : scopes.toReversed().map((one) => ({
              label: one.words(counts[one.scope] ?? 0),
              checked: one.scope === scope,
              staysOpen: true,
              onChoose: () => setWanted(one.scope),
            }))),
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

const SCOPES: readonly { scope: ExportScope; words: (count: number) => string }[] = [
  { scope: "selected", words: (count) => `Only the ${grouped(count)} selected` },
  { scope: "shown", words: (count) => `Only the ${grouped(count)} shown` },
  { scope: "all", words: (count) => `All ${counted(count, "image")}` },
];

function scopeWords(scope: "selected" | "shown", count: number): string {
  return `the ${grouped(count)} ${scope}`;
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

// Spreadsheets take a cell in quotes with its line breaks.
function cellOf(text: string): string {
  const cell = disarmed(text.trim());
  return /[\t\r\n"]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
