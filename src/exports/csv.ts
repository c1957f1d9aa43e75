export type CsvCell = string | number | boolean | null;

const BYTE_ORDER_MARK = "\uFEFF";
// What a spreadsheet may take for the start of a formula: the ASCII signs, their full-width twins (Excel normalises
// them in East Asian locales) and the white space that some importers trim first.
const FORMULA_START = /^(?:[\s\u200B\u2060\uFEFF]*[=+\-@＝＋－＠]|[\t\r\n])/u;
const NEEDS_QUOTES = /[",\r\n\t;]|^\s|\s$/u;

/**
 * A CSV file as in RFC 4180 (CRLF, doubled quotes), with a leading byte order mark so that Excel reads UTF-8. Text that
 * a spreadsheet would run as a formula gets an apostrophe in front; numbers are left unchanged. Null is an empty cell.
 */
export function csvText(columns: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const lines = [columns, ...rows].map((cells) => cells.map(csvCell).join(","));
  return `${BYTE_ORDER_MARK}${lines.join("\r\n")}\r\n`;
}

/** Text with an apostrophe in front if a spreadsheet would run it as a formula. */
export function disarmed(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return String(cell);
  const text = wellFormed(disarmed(cell));
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

// NUL ends a cell in some readers, and other control characters make the file look binary.
function wellFormed(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  return text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, " ");
}
