/**
 * Reads a CSV file as RFC 4180 has it, and as spreadsheets write it: commas, semicolons or tabs between cells (whichever
 * the first line holds most of), doubled quotes, any line ends, a byte order mark. Lines without a word are left out.
 *
 * @returns one record a line, by the names of the first line, in lower case and trimmed; missing cells are ""
 */
export function parseCsv(text: string): Record<string, string>[] {
  const source = text.replace(/^\uFEFF/u, "");
  const [names = [], ...lines] = cellsOf(source, separatorOf(source));
  const columns = names.map((name) => name.trim().toLowerCase());
  return lines
    .filter((cells) => cells.some((cell) => cell.trim() !== ""))
    .map((cells) => Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ""])));
}

function separatorOf(text: string): string {
  const [firstLine = ""] = text.split(/[\r\n]/u, 1);
  const count = (separator: string): number => firstLine.split(separator).length;
  const [most = ","] = [",", ";", "\t"].toSorted((a, b) => count(b) - count(a));
  return most;
}

function cellsOf(text: string, separator: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  let cell = "";
  let isQuoted = false;
  const endCell = () => {
    cells.push(cell);
    cell = "";
  };
  const endLine = () => {
    endCell();
    lines.push(cells);
    cells = [];
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (character === '"' && cell === "") isQuoted = true;
    else if (character === separator) endCell();
    else if (character === "\n" || character === "\r") {
      if (character === "\r" && text[at + 1] === "\n") at += 1;
      endLine();
    } else cell += character;
  }
  if (cell !== "" || cells.length > 0) endLine();
  return lines;
}
