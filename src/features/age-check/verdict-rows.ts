import { imageName } from "#src/domain/image.ts";
import type { Judgement } from "#src/domain/mark.ts";
import { answeredState, isSimulatedTask } from "#src/domain/task.ts";
import { answerVerdict } from "#src/domain/cell.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import type { VerdictRow } from "#src/exports/verdict-files.ts";
import { type Face, outcomeOf } from "./grid/faces.ts";
import { isJudgement, type JudgementMark, judgeOf, sameJudgement } from "./judging/judgements.ts";

interface RowOptions {
  modelIds: readonly string[];
  pictures: ReadonlyMap<string, PictureFacts>;
  /** File names give away who is in a picture more often than hashes do. */
  withNames: boolean;
}

/**
 * Every judge's judgement beside every model's verdict; a face without a judge, or without a model, still has its line.
 */
export function verdictRows(faces: Iterable<Face>, options: RowOptions): VerdictRow[] {
  return [...faces].flatMap((face) => {
    const asked = options.modelIds.filter((id) => outcomeOf(face, id) !== null);
    const models = asked.length === 0 ? [null] : asked;
    const judges = face.standing.size === 0 ? [null] : [...face.standing.values()];
    return judges.flatMap((mark) =>
      models.map((modelId) => ({
        ...pictureColumns(face, options),
        ...verdictColumns(face, modelId),
        ...judgementColumns(face, mark),
        flagged: face.flag !== null,
      })),
    );
  });
}

function pictureColumns(face: Face, { pictures, withNames }: RowOptions) {
  const facts = face.hash === null ? undefined : pictures.get(face.hash);
  return {
    sha256: face.hash,
    file_name: withNames ? imageName(face.image) : null,
    width: facts?.width ?? null,
    height: facts?.height ?? null,
  };
}

function verdictColumns(face: Face, modelId: string | null) {
  const task = modelId === null ? undefined : face.tasks.get(modelId);
  const outcome = modelId === null ? null : outcomeOf(face, modelId);
  const verdict = answerVerdict(task ?? null);
  return {
    model: modelId,
    status: outcome?.kind ?? ("not-asked" as const),
    predicted_from: verdict?.range?.low ?? null,
    predicted_to: verdict?.range?.high ?? null,
    raw_label: verdict?.label ?? null,
    confidence: verdict?.confidence ?? null,
    simulated: task !== undefined && isSimulatedTask(task),
    source: (task && answeredState(task)?.source) ?? null,
    task: task?.taskUuid ?? null,
    sent_width: task?.sent?.width ?? null,
    sent_height: task?.sent?.height ?? null,
    answered_at: moment(task?.times.endedAt ?? null),
  };
}

function judgementColumns(face: Face, mark: JudgementMark | null) {
  const first = mark === null ? null : firstWord(face, mark);
  const said = mark?.value.judgement ?? null;
  const blindly = first?.value.blind === true ? first.value.judgement : null;
  const [trueFrom, trueTo] = yearsOf(said);
  const [blindFrom, blindTo] = yearsOf(blindly);
  return {
    judgement: said?.kind ?? null,
    true_from: trueFrom,
    true_to: trueTo,
    truth_source: mark?.value.from ?? null,
    reviewer: mark?.by ?? null,
    blind: first?.value.blind ?? null,
    blind_judgement: blindly?.kind ?? null,
    blind_from: blindFrom,
    blind_to: blindTo,
    changed: blindly !== null && said !== null && !sameJudgement(blindly, said),
    seconds: first?.secondsTaken ?? null,
    sample: first?.sample ?? mark?.sample ?? null,
    judged_at: moment(mark?.at ?? null),
  };
}

/** The first thing this judge said about the face. */
function firstWord(face: Face, mark: JudgementMark): JudgementMark {
  const own = face.marks.filter(isJudgement).filter((other) => judgeOf(other) === judgeOf(mark));
  return own[0] ?? mark;
}

function yearsOf(judgement: Judgement | null): [number | null, number | null] {
  if (judgement?.kind === "age") return [judgement.years, judgement.years];
  if (judgement?.kind === "range") return [judgement.range.low, judgement.range.high];
  return [null, null];
}

function moment(epochMs: number | null): string | null {
  return epochMs === null ? null : new Date(epochMs).toISOString();
}
