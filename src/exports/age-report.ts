import { reliabilitySvg, type ReportPoint } from "./age-report-chart.ts";
import { escapeHtml } from "./escape-html.ts";
import { REPORT_STYLE, REPORT_STYLE_HASH } from "./age-report-style.ts";

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
