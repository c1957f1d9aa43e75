import type { ImageId } from "#src/domain/image.ts";
import { pictureHashOf } from "#src/domain/image.ts";
import type { CompareData } from "#src/exports/compare-data.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import type { SheetServices } from "#src/state/sheet/sheet-services.ts";
import { download } from "#src/ui/download.ts";
import { showToast } from "#src/ui/toasts.ts";
import { columnFacts, rankingVotes, voteCounts, winRates } from "#src/features/compare/columns/column-facts.ts";
import type { CompareDesk, Comparison } from "#src/features/compare/compare-desk.ts";
import { costsText, perThousandText, rateText, secondsText } from "#src/features/compare/compare-words.ts";

export type ExportForm = "csv" | "json" | "preferences" | "replay" | "replay-without-pictures";

/** Saves the comparison as a file. Rejects with a FailureError where pictures cannot be read. */
export async function exportComparison(
  form: ExportForm,
  parts: { open: OpenSheet; desk: CompareDesk; storages: SheetServices["storages"] },
): Promise<void> {
  const comparison = parts.desk.comparison();
  const data = await dataOf(comparison, parts.open);
  switch (form) {
    case "csv": {
      const { compareCsv } = await import("#src/exports/compare-csv.ts");
      return save(data, { content: compareCsv(data), extension: "csv", mime: "text/csv" });
    }
    case "json": {
      const { compareJson } = await import("#src/exports/compare-json.ts");
      return save(data, {
        content: compareJson(data),
        extension: "json",
        mime: "application/json",
      });
    }
    case "preferences":
      return savePreferences(data);
    case "replay":
      return saveReplay(data, comparison, (imageId) => readCopy(parts, imageId));
    case "replay-without-pictures":
      return saveReplay(data, comparison, () => Promise.resolve(null));
  }
}

async function dataOf(comparison: Comparison, open: OpenSheet): Promise<CompareData> {
  const { compareData } = await import("#src/exports/compare-data.ts");
  const { tasks, sheet } = open.store.getState();
  return compareData(
    { columns: comparison.columns, rows: comparison.rows.values() },
    { sheet: sheet.name, exportedAt: Date.now() },
    (imageId, uuid) => tasks.get(imageId)?.find(({ taskUuid }) => taskUuid === uuid) ?? null,
  );
}

async function savePreferences(data: CompareData): Promise<void> {
  const { preferenceLines } = await import("#src/exports/compare-json.ts");
  const lines = preferenceLines(data);
  if (lines.length === 0) {
    showToast({ text: "There is no pick to save yet.", tone: "warn", kind: "export" });
    return;
  }
  await save(data, {
    content: `${lines.join("\n")}\n`,
    extension: "preferences.jsonl",
    mime: "application/jsonl",
  });
  showToast({
    text: `${lines.length} ${lines.length === 1 ? "preference" : "preferences"} saved; ties, all bad and void votes prefer nothing.`,
    kind: "export",
  });
}

async function saveReplay(
  data: CompareData,
  { rows, columns }: Comparison,
  pictureOf: (imageId: ImageId) => ReturnType<typeof readCopy>,
): Promise<void> {
  const { compareReplay } = await import("#src/exports/compare-replay.ts");
  const votes = rankingVotes(rows.values(), columns, (imageId, uuid) => {
    const row = rows.get(imageId);
    const cells = row?.cells.flatMap(({ repeats }) => repeats) ?? [];
    return cells.find(({ answered }) => answered?.taskUuid === uuid)?.answered ?? null;
  });
  const rates = winRates(votes, columns.length);
  const counts = voteCounts(rows.values());
  const content = await compareReplay(data, {
    pictureOf,
    facts: columns.map((_, index) => {
      const facts = columnFacts(rows.values(), index);
      const rate = rates[index];
      return [
        { term: "Cost", value: costsText(facts.costs) || "–" },
        { term: "Per 1,000 images", value: perThousandText(facts.microUsdEach) },
        { term: "Median time", value: secondsText(facts.medianMs) },
        { term: "Words", value: facts.meanWords?.toFixed(1) ?? "–" },
        { term: "Failed", value: String(facts.failures) },
        { term: "Win rate (95 %)", value: rate === undefined ? "–" : rateText(rate) },
      ];
    }),
    findings: [
      `${counts.picks} picks, ${counts.ties} ties, ${counts.allBad} all bad, ${counts.void} void.`,
    ],
  });
  await save(data, { content: new Blob(content, { type: "text/html" }), extension: "html" });
}

async function readCopy(
  { open, storages }: { open: OpenSheet; storages: SheetServices["storages"] },
  imageId: ImageId,
) {
  const { images, sheet } = open.store.getState();
  const image = images.get(imageId);
  const hash = image === undefined ? null : pictureHashOf(image);
  return hash === null ? null : storages[sheet.keeping].readCopy(hash, null);
}

async function save(
  { sheet, simulated }: CompareData,
  file: { content: Blob | string; extension: string; mime?: string },
): Promise<void> {
  const { safeName } = await import("#src/exports/safe-names.ts");
  const name = `${safeName(sheet, "sheet")} comparison${simulated ? " (simulated)" : ""}`;
  download(file.content, `${name}.${file.extension}`, file.mime);
}
