import { FIX_LABELS } from "#src/domain/checks/checks.ts";
import type { Field } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { RowActions } from "#src/features/caption/list/row-actions.ts";
import { canEdit, type Standing } from "#src/features/caption/list/standing.ts";
import type { TextProblem } from "#src/features/caption/listing/problems.ts";
import { Problem } from "#src/features/caption/texts/text-facts.tsx";

interface ProblemNotesProps {
  imageId: ImageId;
  /** The name of the image, for assistive technology. */
  name: string;
  standing: Standing;
  /** Of this image, or of one of its texts; the most telling first. */
  problems: readonly TextProblem[];
  /** Those of the sheet: if there are several, a problem says which one it is in. */
  fields: readonly Field[];
  /** Whether Tab stops at the button that mends. */
  isReachable: boolean;
  actions: Pick<RowActions, "fix">;
}

/** The first problem of an image with what mends it, and how many more there are. */
export function FirstProblem({
  problems,
  isShort = false,
  ...props
}: ProblemNotesProps & { isShort?: boolean }) {
  const [first, ...others] = problems;
  if (first === undefined) return null;
  const words = (problem: TextProblem) => problemWords(problem, props.fields);
  return (
    <Problem
      title={problems.map(words).join("\n")}
      after={<FixButton {...props} problem={first} />}
    >
      {isShort ? first.short : words(first)}
      {others.length > 0 && (
        <>
          <span aria-hidden="true" className="figures pl-1.5">
            +{others.length}
          </span>
          <span className="sr-only">. {others.map(words).join(". ")}</span>
        </>
      )}
    </Problem>
  );
}

/** All problems of a text, each with its reason and what mends it. */
export function AllProblems({ problems, ...props }: ProblemNotesProps) {
  if (problems.length === 0) return null;
  return (
    <ul className="mt-1.5 flex flex-col items-start gap-1">
      {problems.map((problem) => (
        <li key={problem.check} className="max-w-full">
          <Problem title={problem.reason} after={<FixButton {...props} problem={problem} />}>
            {problem.reason}
          </Problem>
        </li>
      ))}
    </ul>
  );
}

/** "Alt text: opens with “A photo of”", without the name if there is only one field. */
export function problemWords(
  { reason, fieldId }: TextProblem,
  fields: readonly Pick<Field, "id" | "name">[],
): string {
  if (fields.length < 2) return reason;
  const name = fields.find(({ id }) => id === fieldId)?.name ?? fieldId;
  return `${name}: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}

interface FixButtonProps extends Omit<ProblemNotesProps, "problems"> {
  problem: TextProblem;
}

function FixButton({ problem, standing, imageId, name, isReachable, actions }: FixButtonProps) {
  const { check, fieldId } = problem;
  const words = FIX_LABELS[check];
  const text = standing.texts.find((one) => one.fieldId === fieldId);
  if (words === null || !problem.isMendable || text === undefined || !canEdit(text)) return null;
  return (
    <button
      type="button"
      tabIndex={isReachable ? 0 : -1}
      aria-label={`${words}: ${problem.reason}, ${name}`}
      className="shrink-0 font-semibold underline underline-offset-3 hover:no-underline pointer-coarse:min-h-10 pointer-coarse:px-1"
      onClick={() => actions.fix({ imageId, fieldId }, check)}
    >
      {words}
    </button>
  );
}
