import { counted } from "#src/lib/counted.ts";
import { formatConfidence } from "#src/lib/format-percent.ts";
import { formatSeconds } from "#src/lib/format-time.ts";
import { formatAgeRange } from "#src/domain/age-label.ts";
import { formatUsd } from "#src/domain/money.ts";
import type { EncodedPicture } from "#src/domain/picture.ts";
import { bytesToBase64 } from "#src/lib/bytes-to-base64.ts";
import type { CompareData, CompareDataRow, DataCell } from "./compare-data.ts";
import { escapeHtml } from "./escape-html.ts";

/** What a replay tells beside the cells. */
export interface ReplayOptions {
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
  const count = `${counted(rows.length, "image")} × ${counted(columns.length, "column")}`;
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
    `<article aria-label="${name}"${picture === null ? ' class="bare"' : ""}><h2>▸ ${String(row.frame).replace(/^\d(?!\d)/u, "0$&")} ${name}</h2>`,
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

// What every replay carries, word for word: the policy in its head allows these two texts and nothing else.

/** Both themes, a list on screen and paper, and one picture at a time on the stage. */
const REPLAY_STYLE = `
:root{color-scheme:light dark;--paper:light-dark(#f7f5f0,#12100d);--sheet:light-dark(#fff,#1b1814);--ink:light-dark(#1b1916,#f3ede2);--soft:light-dark(#5d574e,#b3a998);--line:light-dark(#e4dfd5,#2c2822);--film:light-dark(#17140f,#0a0907);--edge:#ffb53d;--pencil:light-dark(#c81f14,#ff6a5c);--warn:light-dark(#9a4d00,#f2b062);--focus:light-dark(#1f5a8f,#ffb53d)}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header,main,footer{max-width:76rem;margin:0 auto;padding:1.25rem}
h1{font-size:1.5rem;line-height:1.2;margin:0 0 .25rem;letter-spacing:-.02em}
h2{font:500 .75rem/1.4 ui-monospace,monospace;letter-spacing:.04em;margin:0;padding:.4rem .75rem;background:var(--film);color:var(--edge);overflow-wrap:anywhere}
h3{font-size:.875rem;margin:0 0 .25rem;color:var(--soft)}
p{margin:.25rem 0;overflow-wrap:anywhere}
.soft,.facts{color:var(--soft);font-size:.875rem}
.facts{font-family:ui-monospace,monospace;font-size:.75rem}
.simulated{border:1px solid var(--line);border-radius:3px;padding:0 .3rem}
.notice{border-left:3px solid var(--edge);padding-left:.75rem}
.table{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--line)}
thead th{color:var(--soft);font-size:.75rem}
article{background:var(--sheet);border:1px solid var(--line);border-radius:6px;overflow:hidden;margin:0 0 1rem;display:grid;grid-template-columns:minmax(0,18rem) minmax(0,1fr)}
article.bare{grid-template-columns:minmax(0,1fr)}
article h2{grid-column:1/-1}
article img{display:block;width:100%;height:100%;max-height:60vh;object-fit:contain;background:var(--film)}
.answers{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(16rem,100%),1fr));gap:1rem;padding:1rem}
.text{white-space:pre-line}
.picked h3::after{content:" · picked"}
.picked h3,.vote{color:var(--pencil)}
.vote{grid-column:1/-1;padding:0 1rem 1rem;margin:0}
.failed{color:var(--warn)}
#controls{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin-top:.75rem}
button{font:inherit;font-size:.875rem;color:inherit;background:var(--sheet);border:1px solid var(--line);border-radius:6px;padding:.35rem .8rem;cursor:pointer}
button[aria-pressed=true]{background:var(--ink);color:var(--sheet)}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.stage h1{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.stage header>:not(#controls,h1),.stage footer,.stage #setup{display:none}
.stage article{grid-template-columns:minmax(0,1fr) minmax(0,1fr);font-size:1.35rem;margin:0}
.stage article.bare{grid-template-columns:minmax(0,1fr)}
.stage article img{max-height:78vh}
.stage .answers{grid-template-columns:minmax(0,1fr);align-content:start;min-height:50vh}
@media(max-width:44rem){article,.stage article{grid-template-columns:minmax(0,1fr)}.stage article{font-size:1.1rem}}
@media print{#controls{display:none!important}article{break-inside:avoid}}
`;

/** Puts one picture at a time on a stage, its answers revealed by key. Without it the page is a list, and complete. */
const REPLAY_SCRIPT = `
"use strict";
const rows = [...document.querySelectorAll("article")];
const answersOf = (row) => [...row.querySelectorAll(".answer")];
const stageButton = document.getElementById("stage");
const nextButton = document.getElementById("next");
const backButton = document.getElementById("back");
const place = document.getElementById("place");
let at = 0;
let shown = 0;
const isOn = () => document.body.classList.contains("stage");
function draw() {
  const on = isOn();
  rows.forEach((row, index) => {
    row.hidden = on && index !== at;
    const answers = answersOf(row);
    answers.forEach((answer, order) => { answer.hidden = on && index === at && order >= shown; });
    const vote = row.querySelector(".vote");
    if (vote) vote.hidden = on && index === at && shown < answers.length;
    row.classList.toggle("bare", !row.querySelector("img"));
  });
  stageButton.setAttribute("aria-pressed", String(on));
  nextButton.hidden = backButton.hidden = !on;
  place.textContent = on && rows.length > 0
    ? at + 1 + " of " + rows.length + ", " + shown + " of " + answersOf(rows[at]).length + " answers shown"
    : "";
}
function go(by) {
  if (!isOn() || rows.length === 0) return;
  const most = answersOf(rows[at]).length;
  if (by > 0 && shown < most) shown += 1;
  else if (by > 0 && at < rows.length - 1) { at += 1; shown = 0; }
  else if (by < 0 && shown > 0) shown -= 1;
  else if (by < 0 && at > 0) { at -= 1; shown = answersOf(rows[at]).length; }
  draw();
  if (by > 0) scrollTo(0, 0);
}
function toggle() { document.body.classList.toggle("stage"); shown = 0; draw(); }
stageButton.addEventListener("click", toggle);
nextButton.addEventListener("click", () => go(1));
backButton.addEventListener("click", () => go(-1));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !isOn()) return;
  const onButton = event.target instanceof HTMLButtonElement;
  const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, " ": onButton ? 0 : 1, Enter: onButton ? 0 : 1 }[event.key];
  if (event.key === "Escape") toggle();
  else if (by) { event.preventDefault(); go(by); }
});
document.getElementById("controls").hidden = rows.length === 0;
draw();
`;
