// Far more than any table of pictures; keeps a strange file from filling the memory with cells.
const MOST_RECORDS = 200_000;
const MOST_COLUMNS = 500;

/**
 * Reads a CSV file as in RFC 4180, and as spreadsheets write it: commas, semicolons or tabs between cells (whichever is
 * most frequent in the first line), doubled quotes, any line ends, a byte order mark. Lines without a word are left
 * out.
 *
 * @returns one record per line, by the names of the first line, in lower case and trimmed; missing cells are "". Null
 * if
 *   there are more lines or columns than a table of pictures has: 200,000 and 500
 */
export function parseCsv(text: string): Record<string, string>[] | null {
  const source = text.replace(/^\uFEFF/u, "");
  let columns: string[] | null = null;
  const records: Record<string, string>[] = [];
  for (const cells of linesOf(source, separatorOf(source))) {
    if (cells.length > MOST_COLUMNS || records.length > MOST_RECORDS) return null;
    if (columns === null) columns = cells.map((name) => name.trim().toLowerCase());
    else if (cells.some((cell) => cell.trim() !== ""))
      records.push(Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ""])));
  }
  return records.length > MOST_RECORDS ? null : records;
}

function separatorOf(text: string): string {
  const [firstLine = ""] = text.split(/[\r\n]/u, 1);
  const count = (separator: string): number => firstLine.split(separator).length;
  const [most = ","] = [",", ";", "\t"].toSorted((a, b) => count(b) - count(a));
  return most;
}

function* linesOf(text: string, separator: string): Generator<string[]> {
  let cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  // Most of a table is runs of plain letters, which are taken in one piece.
  const plain = new RegExp(`[^${separator}\\r\\n"]+`, "uy");
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (isQuoted) {
      if (character !== '"') {
        const quote = text.indexOf('"', at);
        const end = quote === -1 ? text.length : quote;
        cell += text.slice(at, end);
        at = end - 1;
      } else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"' && cell === "") isQuoted = true;
    else if (character === separator) {
      // One more than allowed is enough to tell.
      if (cells.length <= MOST_COLUMNS) cells.push(cell);
      cell = "";
    } else if (character === "\n" || character === "\r") {
      if (character === "\r" && text[at + 1] === "\n") at += 1;
      yield [...cells, cell];
      cells = [];
      cell = "";
    } else {
      plain.lastIndex = at;
      const run = plain.exec(text)?.[0] ?? character;
      cell += run;
      at += run.length - 1;
    }
  }
  if (cell !== "" || cells.length > 0) yield [...cells, cell];
}
