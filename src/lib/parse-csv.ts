// Far more than any table of pictures; keeps a strange file from filling the memory with cells.
const MOST_LINES = 200_000;
const MOST_COLUMNS = 500;
// Between two steps of reading.
const MOST_TURNS = 4_096;

/** A CSV file, line by line; a line may have fewer or more cells than there are columns. */
interface CsvTable {
  /** In lower case and trimmed; a name may stand there twice. */
  columns: readonly string[];
  lines: readonly (readonly string[])[];
}

/** There is more than a table of pictures has. */
export interface TableExcess {
  kind: "too-many";
  what: "lines" | "columns" | "entries";
  most: number;
}

/**
 * Reads a CSV file as in RFC 4180, and as spreadsheets write it: commas, semicolons or tabs between cells (whichever is
 * most frequent in the first line), doubled quotes, any line ends, a byte order mark. Lines without a word are left
 * out. In steps, since a file may be large.
 */
export function* readCsv(text: string): Generator<undefined, CsvTable | TableExcess> {
  const source = text.replace(/^\uFEFF/u, "");
  let columns: string[] | null = null;
  const lines: string[][] = [];
  for (const cells of linesOf(source, separatorOf(source))) {
    yield undefined;
    if (cells === null) continue;
    if (cells.length > MOST_COLUMNS)
      return { kind: "too-many", what: "columns", most: MOST_COLUMNS };
    if (columns === null) columns = cells.map((name) => name.trim().toLowerCase());
    else if (cells.some((cell) => cell.trim() !== "")) {
      if (lines.length === MOST_LINES) return { kind: "too-many", what: "lines", most: MOST_LINES };
      lines.push(cells);
    }
  }
  return { columns: columns ?? [], lines };
}

/**
 * Reads a CSV file as `readCsv` does, in one go.
 *
 * @returns one record per line, by the names of the first line; missing cells are "". Null if there are more lines or
 *   columns than a table of pictures has: 200,000 and 500
 */
export function parseCsv(text: string): Record<string, string>[] | null {
  const steps = readCsv(text);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  if ("most" in step.value) return null;
  const { columns, lines } = step.value;
  return lines.map((cells) =>
    Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ""])),
  );
}

function separatorOf(text: string): string {
  const [firstLine = ""] = text.split(/[\r\n]/u, 1);
  const count = (separator: string): number => firstLine.split(separator).length;
  const [most = ","] = [",", ";", "\t"].toSorted((a, b) => count(b) - count(a));
  return most;
}

/** The cells of each line; null in between, so that a long line is no long step. */
function* linesOf(text: string, separator: string): Generator<string[] | null> {
  let cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  let turns = 0;
  // Most of a table is runs of plain letters, which are taken in one piece.
  const plain = new RegExp(`[^${separator}\\r\\n"]+`, "uy");
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    turns += 1;
    if (turns % MOST_TURNS === 0) yield null;
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
      cells.push(cell);
      cell = "";
      // One more than allowed is enough to tell.
      if (cells.length > MOST_COLUMNS) break;
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
