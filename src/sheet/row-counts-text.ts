/** How many rows of each kind. */
export interface RowCounts {
  images: number;
  tasks: number;
  marks: number;
  pictures: number;
}

/** "1 image, 2 answers, and 3 marks"; empty if there are none. */
export function rowCountsText({ images, tasks, marks, pictures }: RowCounts): string {
  const counts = [
    count(images, "image"),
    count(tasks, "answer"),
    count(marks, "mark"),
    count(pictures, "picture"),
  ];
  return new Intl.ListFormat("en").format(counts.filter((text) => text !== ""));
}

function count(number: number, word: string): string {
  if (number === 0) return "";
  return number === 1 ? `1 ${word}` : `${number.toLocaleString("en")} ${word}s`;
}
