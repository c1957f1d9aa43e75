import { formatConfidence } from "#src/lib/format-percent.ts";
import { formatSeconds } from "#src/lib/format-time.ts";
import { formatAgeRange } from "#src/domain/age-label.ts";
import { formatUsd } from "#src/domain/money.ts";
import type { EncodedPicture } from "#src/domain/picture.ts";
import { bytesToBase64 } from "#src/lib/bytes-to-base64.ts";
import type { CompareData, CompareDataRow, DataCell } from "./compare-data.ts";
import { REPLAY_SCRIPT, REPLAY_STYLE } from "./compare-replay-page.ts";
import { escapeHtml } from "./escape-html.ts";

interface ReplayOptions {
  /** The picture of an image; null leaves it out. */
  pictureOf: (imageId: string) => Promise<EncodedPicture | null>;
  /** What is known about each column, in the columns' order. */
  facts: readonly (readonly { term: string; value: string }[])[];
  /** Which columns the votes prefer, and how surely, in a few sentences. */
  findings: readonly string[];
}

/**
 * A comparison as one HTML file that needs nothing else: it opens from disk, asks no network for anything (its
 * policy forbids it), and is a list without its script. It comes in parts, since pictures make it long.
 */
export async function compareReplay(data: CompareData, options: ReplayOptions): Promise<string[]> {
  const policy = [
    "default-src 'none'",
    "img-src data:",
    `style-src '${await hashSource(REPLAY_STYLE)}'`,
    `script-src '${await hashSource(REPLAY_SCRIPT)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const title = escapeHtml(`${data.sheet}: comparison`);
  const parts = [
    `<!doctype html><html lang="en"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">`,
    `<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">`,
    `<title>${title}</title><style>${REPLAY_STYLE}</style></head><body>`,
    headOf(data),
    `<main>`,
    setupOf(data, options),
  ];
  for (const row of data.rows) {
    const picture = await options.pictureOf(row.imageId);
    parts.push(articleOf(data, row, picture));
  }
  parts.push(`</main>${FOOT}<script>${REPLAY_SCRIPT}</script></body></html>`);
  return parts;
}

const FOOT = `<footer class="soft"><p>Made with Contact Sheet. Answers are what models said; picks and notes are what people said.</p></footer>`;

function headOf({ sheet, exportedAt, rows, columns, simulated }: CompareData): string {
  const count = `${rows.length} ${rows.length === 1 ? "image" : "images"} × ${columns.length} ${columns.length === 1 ? "column" : "columns"}`;
  const day = new Date(exportedAt).toISOString().slice(0, 10);
  return [
    `<header><h1>${escapeHtml(sheet)}</h1><p class="soft">${count}, saved on ${day}.</p>`,
    simulated
      ? `<p class="notice"><b>Simulated.</b> Answers marked as simulated were made up by a stand-in for the service: no model has seen these pictures.</p>`
      : "",
    `<div id="controls" hidden><button type="button" id="stage" aria-pressed="false">One by one</button>`,
    `<button type="button" id="back" hidden>Back</button><button type="button" id="next" hidden>Next</button>`,
    `<span id="place" class="soft" role="status"></span></div></header>`,
  ].join("");
}

function setupOf({ columns }: CompareData, { facts, findings }: ReplayOptions): string {
  const terms = facts[0]?.map(({ term }) => term) ?? [];
  const heads = ["Column", "Model", "Prompt", "Sent size", ...terms];
  const lines = columns.map(({ label, recipe, column }, index) => {
    const size = recipe.sentSize === "auto" ? "auto" : `${recipe.sentSize} px`;
    const asked = column.repeats === 1 ? "" : ` · asked ${column.repeats} times`;
    const cells = [
      `${recipe.modelId}${asked}`,
      recipe.prompt ?? "(takes none)",
      size,
      ...(facts[index]?.map(({ value }) => value) ?? []),
    ];
    return `<tr><th scope="row">${escapeHtml(label)}</th>${cells.map((cell) => `<td dir="auto">${escapeHtml(cell)}</td>`).join("")}</tr>`;
  });
  return [
    `<section id="setup" aria-label="Columns"><div class="table" tabindex="0" role="region" aria-label="What each column asked"><table><thead><tr>`,
    heads.map((head) => `<th scope="col">${escapeHtml(head)}</th>`).join(""),
    `</tr></thead><tbody>${lines.join("")}</tbody></table></div>`,
    findings.map((finding) => `<p>${escapeHtml(finding)}</p>`).join(""),
    `<p></p></section>`,
  ].join("");
}

function articleOf(data: CompareData, row: CompareDataRow, picture: EncodedPicture | null): string {
  const name = escapeHtml(row.name);
  const answers = row.cells.map((cell) => answerOf(data, row, cell)).join("");
  const reference =
    row.reference === null
      ? ""
      : `<div><h3>Reference</h3><p class="text" dir="auto">${escapeHtml(row.reference)}</p></div>`;
  return [
    `<article aria-label="${name}"${picture === null ? ' class="bare"' : ""}><h2>▸ ${String(row.frame).padStart(2, "0")} ${name}</h2>`,
    picture === null ? "" : pictureTag(picture, name),
    `<div class="answers">${reference}${answers}</div>${voteOf(row)}</article>`,
  ].join("");
}

function pictureTag({ bytes, mime, width, height }: EncodedPicture, name: string): string {
  const data = bytesToBase64(new Uint8Array(bytes));
  return `<img alt="${name}" width="${width}" height="${height}" src="data:${mime};base64,${data}">`;
}

function answerOf({ columns }: CompareData, { vote }: CompareDataRow, cell: DataCell): string {
  const compared = columns[cell.column];
  const repeats = compared?.column.repeats ?? 1;
  const label = `${compared?.label ?? ""}${repeats > 1 ? `, answer ${cell.repeat} of ${repeats}` : ""}`;
  const isPicked = cell.taskUuid !== null && vote.picked?.taskUuid === cell.taskUuid;
  const facts = [
    cell.costMicroUsd === null ? "" : formatUsd(cell.costMicroUsd),
    cell.times?.serviceMs == null ? "" : formatSeconds(cell.times.serviceMs / 1000),
    cell.words === null ? "" : `${cell.words} words`,
    cell.source === "reused" || cell.source === "recorded" ? cell.source : "",
  ].filter((fact) => fact !== "");
  const tag = cell.simulated ? ` <span class="simulated">Simulated</span>` : "";
  return `<div class="answer${isPicked ? " picked" : ""}"><h3>${escapeHtml(label)}</h3>${saidOf(cell)}<p class="facts">${escapeHtml(facts.join(" · "))}${tag}</p></div>`;
}

function saidOf({ age, text, status, error }: DataCell): string {
  if (age !== null) {
    const group = age.range === null ? age.label : formatAgeRange(age.range);
    const sure =
      age.confidence === null ? "confidence unknown" : `${formatConfidence(age.confidence)} sure`;
    return `<p class="text">${escapeHtml(`${group} (${sure}; its label: ${age.label})`)}</p>`;
  }
  if (text !== null && text !== "") return `<p class="text" dir="auto">${escapeHtml(text)}</p>`;
  const words = status === "empty" ? "answered with nothing" : status;
  const why = error === null ? "" : ` (${error})`;
  return `<p class="failed">${escapeHtml(`${words}${why}`)}</p>`;
}

function voteOf({ vote }: CompareDataRow): string {
  const words = {
    none: "",
    pick: `Picked: ${vote.picked?.label ?? "a column that is gone"}`,
    tie: "Tie",
    "all-bad": "All bad",
    void: vote.why === "revealed" ? "Void: revealed before a vote" : "Void: an answer was redone",
  }[vote.kind];
  if (words === "") return "";
  const note = vote.note === null ? "" : ` “${vote.note}”`;
  return `<p class="vote" dir="auto">${escapeHtml(words + note)}</p>`;
}

async function hashSource(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `sha256-${bytesToBase64(new Uint8Array(digest))}`;
}
