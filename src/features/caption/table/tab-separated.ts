/** A block of cells as spreadsheets take it from the clipboard: tabs between cells, lines between rows. */
export function toTabs(rows: readonly (readonly string[])[]): string {
  const text = rows.map((cells) => cells.map(tabCell).join("\t")).join("\n");
  // A last line without words would be taken for the end of the one before.
  return text.endsWith("\n") ? `${text}\n` : text;
}

const NEEDS_QUOTES = /^"|[\t\n]/u;

function tabCell(text: string): string {
  const plain = text.replaceAll(/\r\n?/gu, "\n");
  return NEEDS_QUOTES.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

// A cell between quotes, which are doubled inside, up to the next tab, line end or the end.
const QUOTED = /"((?:[^"]|"")*)"(?=[\t\n]|$)/uy;
const PLAIN = /[^\t\n]*/uy;

/**
 * Reads what spreadsheets leave in the clipboard. They put a cell between quotes only if it has tabs, line breaks or
 * doubled quotes in it: other quotes are part of the words. Always at least one row with one cell.
 */
export function fromTabs(text: string): string[][] {
  const source = text.replaceAll(/\r\n?/gu, "\n");
  let row: string[] = [];
  const rows = [row];
  let at = 0;
  for (;;) {
    const { cell, end } = cellAt(source, at);
    row.push(cell);
    at = end + 1;
    // A line end at the very end begins no row.
    if (end >= source.length || (source[end] === "\n" && at >= source.length)) return rows;
    if (source[end] === "\n") rows.push((row = []));
  }
}

function cellAt(source: string, at: number): { cell: string; end: number } {
  QUOTED.lastIndex = at;
  const quoted = QUOTED.exec(source);
  const inside = quoted?.[1] ?? "";
  if (quoted !== null && /[\t\n]|""/u.test(inside))
    return { cell: inside.replaceAll('""', '"'), end: QUOTED.lastIndex };
  PLAIN.lastIndex = at;
  const [cell = ""] = PLAIN.exec(source) ?? [];
  return { cell, end: at + cell.length };
}
