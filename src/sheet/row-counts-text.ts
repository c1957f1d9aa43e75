import { counted } from "#src/lib/counted.ts";

/** How many rows of each kind. */
export interface RowCounts {
  images: number;
  tasks: number;
  marks: number;
  pictures: number;
}

/** "1 image, 2 answers, and 3 marks"; empty if there are none. */
export function rowCountsText({ images, tasks, marks, pictures }: RowCounts): string {
  const counts = { image: images, answer: tasks, mark: marks, picture: pictures };
  return new Intl.ListFormat("en").format(
    Object.entries(counts).flatMap(([word, count]) => (count === 0 ? [] : counted(count, word))),
  );
}
