import { escapeHtml } from "./escape-html.ts";

/** A table of a report; the first cell of a row names it. */
export interface ReportTable {
  caption: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

export interface ReportSection {
  title: string;
  paragraphs?: readonly string[];
  tables?: readonly ReportTable[];
  /** A reliability curve; its table is among `tables`. */
  curve?: readonly ReportPoint[];
}

/** An age check, reported on a page. */
export interface AgeReport {
  title: string;
  /** True if any answer in it was made up by the sandbox. */
  simulated: boolean;
  /** "What was asked", and so on. */
  facts: readonly (readonly [name: string, value: string])[];
  sections: readonly ReportSection[];
}

/**
 * One HTML file that holds everything it needs: it opens from disk without a network, runs nothing, loads nothing and
 * prints well. Its policy allows the one style it carries, by hash.
 */
export function ageReportHtml({ title, simulated, facts, sections }: AgeReport): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${REPORT_STYLE_HASH}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${simulated ? `<p class="simulated"><strong>Simulated.</strong> Some or all verdicts were made up by the sandbox: no model has seen these pictures, and the figures say nothing about any model.</p>` : ""}
<dl>
${facts.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`).join("\n")}
</dl>
${sections.map(sectionHtml).join("\n")}
</main>
</body>
</html>
`;
}

function sectionHtml({ title, paragraphs = [], tables = [], curve = [] }: ReportSection): string {
  return `<section>
<h2>${escapeHtml(title)}</h2>
${paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join("\n")}
${curve.length > 0 ? reliabilitySvg(curve) : ""}
${tables.map(tableHtml).join("\n")}
</section>`;
}

function tableHtml({ caption, columns, rows }: ReportTable): string {
  return `<div class="table"><table>
<caption>${escapeHtml(caption)}</caption>
<thead><tr>${columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join("")}</tr></thead>
<tbody>
${rows.map(rowHtml).join("\n")}
</tbody>
</table></div>`;
}

function rowHtml([name = "", ...cells]: readonly string[]): string {
  return `<tr><th scope="row">${escapeHtml(name)}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
}

/** One bin of a reliability curve; all values are shares, 0–1. */
export interface ReportPoint {
  meanConfidence: number;
  accuracy: number;
  low: number;
  high: number;
  n: number;
}

const WIDTH = 340;
const LEFT = 34;
const RIGHT = 330;
const TOP = 10;
const BASE = 200;
const TICKS = [0, 0.25, 0.5, 0.75, 1] as const;

/**
 * Accuracy against confidence as an SVG drawing, for a page that has its classes. The table beside it holds the same
 * numbers.
 */
function reliabilitySvg(points: readonly ReportPoint[]): string {
  const line = points.map((point) => `${x(point.meanConfidence)},${y(point.accuracy)}`).join(" ");
  return `<svg viewBox="0 0 ${WIDTH} 252" role="img" aria-label="Accuracy against confidence; the table below holds the numbers">
${TICKS.map(tickSvg).join("\n")}
<line class="even" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>
<polyline class="mark" points="${line}"/>
${points.map((point, index) => pointSvg(point, index % 2)).join("\n")}
<text x="${(LEFT + RIGHT) / 2}" y="248" text-anchor="middle">confidence % across, right % upwards; counts under each point</text>
</svg>`;
}

function tickSvg(tick: number): string {
  return `<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${LEFT - 5}" y="${y(tick) + 3}" text-anchor="end">${tick * 100}</text><text x="${x(tick)}" y="${BASE + 12}" text-anchor="middle">${tick * 100}</text>`;
}

function pointSvg(
  { meanConfidence, accuracy, low, high, n }: ReportPoint,
  countLine: number,
): string {
  const across = x(meanConfidence);
  return `<line class="mark" x1="${across}" x2="${across}" y1="${y(low)}" y2="${y(high)}"/><circle class="point" cx="${across}" cy="${y(accuracy)}" r="3.6"/><text x="${across}" y="${BASE + 24 + countLine * 9}" text-anchor="middle">${n}</text>`;
}

function x(share: number): number {
  return rounded(LEFT + share * (RIGHT - LEFT));
}

function y(share: number): number {
  return rounded(BASE - share * (BASE - TOP));
}

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

/** The look of a report: quiet on screen, in both themes, and on paper. Changing it changes its hash below. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--paper:light-dark(#fff,#1b1814);--ink:light-dark(#1b1916,#f3ede2);--ink-2:light-dark(#5d574e,#b3a998);--line:light-dark(#e4dfd5,#413b32);--warn:light-dark(#9a4d00,#f2b062);--info:light-dark(#1f5a8f,#7fb8ea)}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:52rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}
h1{font-size:1.6rem;line-height:1.25;letter-spacing:-.015em;margin:0 0 1rem}
h2{font-size:1.1rem;letter-spacing:-.01em;margin:2rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--line)}
p{margin:.4rem 0;max-width:70ch}
dl{margin:0;display:grid;gap:.25rem}
dl div{display:grid;grid-template-columns:11rem 1fr;gap:1rem}
dt{color:var(--ink-2)}dd{margin:0;overflow-wrap:anywhere}
.simulated{border:1px solid var(--warn);color:var(--warn);border-radius:6px;padding:.6rem .9rem;margin:0 0 1.25rem}
.table{overflow-x:auto;margin:.75rem 0}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.85rem;min-width:24rem}
caption{text-align:left;color:var(--ink-2);padding-bottom:.25rem}
th,td{border-bottom:1px solid var(--line);padding:.25rem .9rem .25rem 0;text-align:left;vertical-align:top}
thead th{color:var(--ink-2);font-weight:600}
tbody th{font-weight:500}
svg{display:block;max-width:30rem;width:100%;height:auto;font:9px system-ui,sans-serif}
svg text{fill:var(--ink-2)}
.grid{stroke:var(--line)}.even{stroke:var(--ink-2);stroke-dasharray:3 4}.mark{stroke:var(--info);fill:none}.point{stroke:var(--info);fill:var(--paper);stroke-width:2}
@media(max-width:36rem){dl div{grid-template-columns:1fr;gap:0}}
@media print{:root{color-scheme:light}body{font-size:10.5pt}main{max-width:none;padding:0}section{break-inside:avoid}h2{margin-top:1.2rem}}
`;

/** SHA-256 of the style, as the page's policy names it. */
export const REPORT_STYLE_HASH = "sha256-sbNiooUr/3ti5ZkXx3ej1h6TVWIGcm7wkJu41+tDk9U=";
