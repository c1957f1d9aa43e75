import { oneLine, type CaptionRow } from "./caption-row.ts";
import { distinctPaths } from "./safe-names.ts";

/** The whole sheet as one JSON document. `exportedAt` is epoch milliseconds. */
export function captionsJson(
  sheetName: string,
  rows: readonly CaptionRow[],
  exportedAt: number,
): string {
  const document = {
    sheet: sheetName,
    exported_at: new Date(exportedAt).toISOString(),
    simulated: rows.some((row) => row.simulated),
    images: rows.map((row) => ({
      file_name: row.name,
      folder: row.folder,
      frame: row.frame,
      ...factsOf(row),
      caption: row.caption,
      age: row.age,
      status: row.status,
      error: row.error,
      cost_usd: row.costMicroUsd === null ? null : row.costMicroUsd / 1_000_000,
      latency_ms: row.latencyMs,
      width: row.width,
      height: row.height,
      sha256: row.sha256,
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/**
 * `metadata.jsonl` as Hugging Face's image folder reads it: one object per line, with a `file_name` that is relative to
 * the file and different on every line, since the loader pairs lines and pictures by it. Images without a caption are
 * left out, since it requires every field on every line.
 */
export function captionsJsonl(rows: readonly CaptionRow[]): string {
  const captioned = rows.flatMap((row) =>
    row.caption === null ? [] : [{ ...row, caption: row.caption }],
  );
  const paths = distinctPaths(captioned);
  return captioned
    .map((row, index) => {
      const fileName = paths[index]?.path ?? row.name;
      return `${JSON.stringify({ file_name: fileName, text: oneLine(row.caption), ...factsOf(row) })}\n`;
    })
    .join("");
}

function factsOf(row: CaptionRow) {
  return {
    caption_ai: row.captionByModel,
    edited: row.edited,
    model: row.modelId,
    prompt: row.prompt,
    source: row.source,
    simulated: row.simulated,
  };
}
