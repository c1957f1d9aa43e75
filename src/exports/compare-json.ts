import type { CompareData, DataVote, ShownAnswer } from "./compare-data.ts";

/**
 * Everything that is known about a comparison, as JSON. Dollars are in millionths, times in milliseconds.
 */
export function compareJson({ columns, rows, ...about }: CompareData): string {
  return JSON.stringify(
    {
      ...about,
      exportedAt: new Date(about.exportedAt).toISOString(),
      columns: columns.map(({ label, recipe, column }) => ({
        label,
        model: recipe.modelId,
        prompt: recipe.prompt,
        sentSize: recipe.sentSize,
        repeats: column.repeats,
      })),
      images: rows.map(({ vote, ...row }) => ({ ...row, vote: jsonVote(vote) })),
    },
    null,
    2,
  );
}

/**
 * Preferences, a line for each answer that lost to a picked one: for tuning a model on what people prefer. Ties, rows
 * in which all were bad, and void votes give no preference. Answers that are ages or empty are left out.
 */
export function preferenceLines({ rows }: CompareData): string[] {
  return rows.flatMap(({ name, sha256, vote }) => {
    const { picked, shown } = vote;
    if (vote.kind !== "pick" || picked === null || isWordless(picked)) return [];
    return shown
      .filter((other) => other !== picked && !isWordless(other))
      .map((other) =>
        JSON.stringify({
          image: name,
          sha256,
          prompt: picked.prompt,
          ...(other.prompt === picked.prompt ? {} : { prompt_rejected: other.prompt }),
          chosen: picked.text,
          rejected: other.text,
          chosen_model: picked.modelId,
          rejected_model: other.modelId,
          vote: vote.kind,
          shown_order: shown.map(({ modelId }) => modelId),
          chosen_place: shown.indexOf(picked) + 1,
          rejected_place: shown.indexOf(other) + 1,
          note: vote.note,
          voted_at: vote.at === null ? null : new Date(vote.at).toISOString(),
          seconds: vote.seconds,
          simulated: picked.simulated || other.simulated,
        }),
      );
  });
}

function jsonVote({ at, picked, shown, ...vote }: DataVote) {
  return {
    ...vote,
    at: at === null ? null : new Date(at).toISOString(),
    picked: picked === null ? null : { column: picked.label, taskUuid: picked.taskUuid },
    shown: shown.map(({ label, taskUuid }) => ({ column: label, taskUuid })),
  };
}

function isWordless({ text }: ShownAnswer): boolean {
  return text === null || text === "";
}
