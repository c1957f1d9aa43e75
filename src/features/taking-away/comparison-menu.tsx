import type { ComparedColumn, ComparedRow } from "#src/domain/comparison.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import type { ImageId } from "#src/domain/image.ts";
import { backgroundOf } from "#src/domain/mount.ts";
import type { CompareData } from "#src/exports/compare-data.ts";
import type { ReplayOptions } from "#src/exports/compare-replay.ts";
import { counted } from "#src/lib/counted.ts";
import { report } from "#src/sheet/tell.ts";
import { useServices } from "#src/state/services.ts";
import type { OpenSheet, SheetServices } from "#src/state/sheet/open-sheet.ts";
import { useOpenSheet } from "#src/state/sheet/use-sheet.ts";
import { Menu, wordsTrigger } from "#src/ui/menu.tsx";
import { shownBlob } from "#src/state/pictures/kept-pictures.ts";
import { fixFrames } from "#src/state/pictures/frame-numbers.ts";
import { copyText, saveFile, tellTaken } from "./save-file.ts";

interface ShareMenuProps {
  /** What Compare shows now. */
  comparison: () => {
    columns: readonly ComparedColumn[];
    rows: ReadonlyMap<ImageId, ComparedRow>;
  };
  /** The address that makes these columns on any machine. */
  setupHref: () => string;
  /** What a replay says of the columns and the votes. */
  findings: () => Promise<Pick<ReplayOptions, "facts" | "findings">>;
}

/** Exports the comparison, or its set-up. */
export function ShareMenu({ comparison, setupHref, findings }: ShareMenuProps) {
  const open = useOpenSheet();
  const { storages } = useServices().sheets;
  const save = (form: (data: CompareData) => Promise<void> | void) => () =>
    report(dataOf(comparison(), open).then(form));
  const saveReplay = (pictureOf: ReplayOptions["pictureOf"]) =>
    save(async (data) => {
      const { compareReplay } = await import("#src/exports/compare-replay.ts");
      const content = await compareReplay(data, { pictureOf, ...(await findings()) });
      saveFile({ ...aboutFile(data), ending: "html", content });
    });
  return (
    <Menu
      label="Share"
      align="end"
      trigger={wordsTrigger("Share")}
      items={[
        {
          label: "Copy a link to these columns",
          hint: "Models, prompts and sizes; no pictures, no key",
          onChoose: () => copyText(setupHref(), "Link copied."),
        },
        {
          label: "Replay as one HTML file",
          hint: "Opens from disk, without a network; with the pictures",
          onChoose: saveReplay((imageId) => readCopy({ open, storages }, imageId)),
        },
        { label: "Replay without the pictures", onChoose: saveReplay(async () => null) },
        { label: "CSV of all cells", onChoose: save(saveCsv) },
        { label: "JSON of all cells", onChoose: save(saveJson) },
        {
          label: "Preferences as JSONL",
          hint: "Chosen and rejected answers, with the order shown",
          onChoose: save(savePreferences),
        },
      ]}
    />
  );
}

async function dataOf(
  { columns, rows }: ReturnType<ShareMenuProps["comparison"]>,
  open: OpenSheet,
): Promise<CompareData> {
  const { compareData } = await import("#src/exports/compare-data.ts");
  fixFrames();
  const { tasks, sheet } = open.store.getState();
  return compareData(
    { columns, rows: rows.values() },
    { sheet: sheet.name, exportedAt: Date.now() },
    (imageId, uuid) => tasks.get(imageId)?.find(({ taskUuid }) => taskUuid === uuid) ?? null,
  );
}

function aboutFile({ sheet, simulated }: CompareData) {
  return { sheetName: sheet, holds: "comparison", simulated };
}

async function saveCsv(data: CompareData): Promise<void> {
  const { compareCsv } = await import("#src/exports/compare-files.ts");
  saveFile({ ...aboutFile(data), ending: "csv", content: compareCsv(data) });
}

async function saveJson(data: CompareData): Promise<void> {
  const { compareJson } = await import("#src/exports/compare-files.ts");
  saveFile({ ...aboutFile(data), ending: "json", content: compareJson(data) });
}

async function savePreferences(data: CompareData): Promise<void> {
  const { preferenceLines } = await import("#src/exports/compare-files.ts");
  const lines = preferenceLines(data);
  if (lines.length === 0) return tellTaken("There is no pick to save yet.", "warn");
  const content = `${lines.join("\n")}\n`;
  saveFile({ ...aboutFile(data), holds: "preferences", ending: "jsonl", content });
  tellTaken(
    `${counted(lines.length, "preference")} saved; ties, all bad and void votes prefer nothing.`,
  );
}

/** Rejects with a FailureError if the picture can't be read. */
async function readCopy(
  { open, storages }: { open: OpenSheet; storages: SheetServices["storages"] },
  imageId: ImageId,
) {
  const { images, pictures, sheet } = open.store.getState();
  const image = images.get(imageId);
  const hash = image === undefined ? null : pictureHashOf(image);
  if (hash === null) return null;
  const copy = await storages[sheet.keeping].readCopy(hash, null);
  const background = backgroundOf(pictures.get(hash)?.background, sheet.background);
  if (copy === null || background === null || copy.mime === "image/jpeg") return copy;
  const shown = await shownBlob(copy, background);
  return { ...copy, mime: "image/jpeg" as const, bytes: await shown.arrayBuffer() };
}
