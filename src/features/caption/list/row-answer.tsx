import type { ReactNode } from "react";
import type { Field } from "#src/domain/field.ts";
import { isPassedOver } from "#src/domain/role-rules.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { Task } from "#src/domain/task.ts";
import { AgeBadge, FailureLine, LongText } from "#src/sheet/answer.tsx";
import { Button } from "#src/ui/button.tsx";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { Pulse } from "#src/ui/pulse.tsx";
import type { RowActions } from "./row-actions.ts";
import type { TextOf } from "#src/features/caption/view-state.ts";
import { canEdit, type TextStanding } from "./standing.ts";
import { classNames } from "#src/lib/class-names.ts";
import { modelById } from "#src/catalog/find-models.ts";
import { failureText } from "#src/domain/failure-text.ts";

const UnsettledLine = lazyPart(
  async () => (await import("#src/sheet/unsettled-line.tsx")).UnsettledLine,
);

interface RowAnswerProps {
  image: SheetImage;
  text: TextStanding;
  field: Field;
  actions: RowActions;
}

/** What an image says: the current text or badge, and the state of the latest try. A press on the text edits it. */
export function RowAnswer({ image, text: standing, field, actions }: RowAnswerProps) {
  const { fieldId, text, kind } = standing;
  const of = { imageId: image.id, fieldId };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the key for it is Enter on the image, and a button beside it does the same
    <div
      lang={field.language ?? undefined}
      className={classNames("min-w-0", canEdit(standing) && "cursor-text")}
      onClick={({ target, currentTarget }) => {
        const pressed =
          target instanceof Element ? target.closest("button, a, [tabindex]") : currentTarget;
        if (pressed !== currentTarget && currentTarget.contains(pressed)) return;
        // Whoever marks words to copy them does not want to edit.
        if (window.getSelection()?.isCollapsed !== false) actions.startEdit(of);
      }}
    >
      {text !== null && text !== "" && (
        <LongText
          text={text}
          className={classNames(
            kind === "decorative" && "text-ink-2",
            "-ml-1.5 max-h-60 w-fit max-w-full overflow-y-auto rounded-[4px] px-1.5 py-0.5 text-sm leading-5 text-pretty whitespace-pre-wrap wrap-anywhere hover:bg-paper",
          )}
        />
      )}
      <AnswerState image={image} text={standing} actions={actions} />
    </div>
  );
}

/** What there is to say about a text beside the text itself: a badge, a newer answer, how the latest try went. */
export function AnswerState({ image, text: standing, actions }: Omit<RowAnswerProps, "field">) {
  const { fieldId, kind, shown, text } = standing;
  const { answered, latest, besideEdit } = shown;
  const state = answered?.state;
  const of = { imageId: image.id, fieldId };
  return (
    <>
      {text === "" && (
        <Quiet>
          {shown.edit === null ? "The model answered with nothing." : "You cleared this caption."}
        </Quiet>
      )}
      {state?.phase === "done" && state.answer.kind === "age" && (
        <AgeBadge verdict={state.answer.verdict} />
      )}
      {state?.phase === "empty" && (shown.edit ?? shown.existing) === null && (
        <Quiet>The model answered with nothing. Ask again, or change the prompt.</Quiet>
      )}
      {besideEdit !== null && <BesideEdit task={besideEdit} of={of} actions={actions} />}
      {latest !== null && (
        <LatestTry task={latest} standsAlone={text === null && answered === null} />
      )}
      {kind === "missing" && <Quiet>Not asked yet.</Quiet>}
      {kind === "split" && <Quiet>Its parts are asked about instead.</Quiet>}
      {kind === "decorative" &&
        (isPassedOver("decorative", standing.rules) ? (
          <Quiet>Decorative: screen readers pass over it.</Quiet>
        ) : (
          text === null && <Quiet>Not asked.</Quiet>
        ))}
      {kind === "unseen" && (
        <Quiet>The picture isn’t on this device: add the file to ask about it.</Quiet>
      )}
      {kind === "preparing" && (
        <Quiet isUnderWay={image.preparation.phase === "preparing"}>
          {image.preparation.phase === "preparing" ? "Preparing…" : "Waiting to be prepared."}
        </Quiet>
      )}
    </>
  );
}

interface BesideEditProps {
  task: Task;
  of: TextOf;
  actions: RowActions;
}

function BesideEdit({ task: { state }, of, actions }: BesideEditProps) {
  const text = state.phase === "done" && state.answer.kind === "caption" ? state.answer.text : "";
  return (
    <div className="my-1 border-l-2 border-line-2 pl-3 text-control">
      <p className="mb-0.5 text-xs font-semibold text-ink-2">New answer, beside your words</p>
      <LongText
        text={text === "" ? "(nothing)" : text}
        className="max-h-40 overflow-y-auto whitespace-pre-wrap text-ink-2 wrap-anywhere"
      />
      <div className="mt-1 -ml-2 flex gap-1">
        <Button look="mini" onClick={() => actions.dropEdit(of)}>
          Use the new answer
        </Button>
        <Button look="mini" onClick={() => actions.keepEdit(of)}>
          Keep my words
        </Button>
      </div>
    </div>
  );
}

// Alone, or beside an older answer or the user’s words.
const LEADS = {
  failed: { alone: "Not answered.", beside: "Asking again failed." },
  refused: { alone: "Refused.", beside: "Asking again was refused." },
} as const;

const MOST_TRIES = 4;

/** The newest try: why it has no answer or, while it has not ended, what is happening to it. */
function LatestTry({ task, standsAlone }: { task: Task; standsAlone: boolean }) {
  const { state, recipe } = task;
  const size = standsAlone ? "text-sm" : "text-control";
  const model = modelById(recipe.modelId)?.name ?? recipe.modelId;
  switch (state.phase) {
    case "failed":
    case "refused":
      return (
        <FailureLine
          failure={state.failure}
          lead={LEADS[state.phase][standsAlone ? "alone" : "beside"]}
          className={size}
        />
      );
    case "unsettled":
      return <UnsettledLine task={task} className={size} />;
    case "done":
    case "empty":
    case "cancelled":
      return null;
    case "waiting":
      return <Quiet>In the queue.</Quiet>;
    case "preparing":
      return <Quiet isUnderWay>Getting the copy ready to send…</Quiet>;
    case "sending":
      return (
        <Quiet isUnderWay>
          {state.attempt === 1
            ? `Waiting for ${model}…`
            : `Waiting for ${model}, try ${state.attempt} of ${MOST_TRIES}…`}
        </Quiet>
      );
    case "resting":
      return (
        <Quiet isUnderWay>
          {`Pausing before try ${state.attempt + 1} of ${MOST_TRIES}. ${failureText(state.failure)}`}
        </Quiet>
      );
    case "polling":
      return <Quiet isUnderWay>{`The service may have it; waiting for ${model}…`}</Quiet>;
  }
}

/** A quiet line, with a light running under it while something is under way. */
function Quiet({ isUnderWay = false, children }: { isUnderWay?: boolean; children: ReactNode }) {
  return (
    <div>
      <p className="text-sm leading-5 text-ink-2">{children}</p>
      {isUnderWay && <Pulse className="mt-0.5 mb-1" />}
    </div>
  );
}
