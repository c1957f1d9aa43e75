import type { AgeDesk } from "#src/features/age-check/age-desk.ts";
import { sameJudgement } from "#src/features/age-check/judging/judgements.ts";
import type { TruthMatches } from "./truth-import.ts";

/** Writes truths of a file, or of names, as judgements of their own: one change, one undo. Those that stand already are left. */
export async function keepTruths(
  desk: AgeDesk,
  { found }: TruthMatches,
  from: "file" | "file-name",
): Promise<void> {
  const faces = desk.faces();
  const marks = found.flatMap(({ imageId, judgement }) => {
    const earlier = faces.get(imageId)?.standing.get(from) ?? null;
    if (earlier !== null && sameJudgement(earlier.value.judgement, judgement)) return [];
    return [
      {
        imageId,
        value: { kind: "judgement", judgement, blind: true, from } as const,
        shown: [],
        replaces: earlier?.id ?? null,
      },
    ];
  });
  if (marks.length === 0) return;
  const count = marks.length === 1 ? "1 truth" : `${marks.length} truths`;
  await desk.open.marks.add(
    marks,
    `taking ${count} from ${from === "file" ? "a file" : "file names"}`,
  );
}
