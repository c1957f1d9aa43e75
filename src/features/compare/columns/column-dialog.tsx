import { useState } from "react";
import { modelById } from "#src/catalog/find-models.ts";
import { MOST_REPEATS, type Column, type ColumnId } from "#src/domain/compare-settings.ts";
import { ModelPicker, PromptField, SentSizeField } from "#src/sheet/recipe-fields.tsx";
import { useDraft } from "#src/state/use-draft.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { Choice } from "#src/ui/choice.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { controlLook, Field } from "#src/ui/field.tsx";
import { useDesk } from "#src/features/compare/compare-desk.ts";

interface ColumnDialogProps {
  column: Column;
  after: ColumnId | null;
  isNew: boolean;
  onClose: () => void;
}

/** What a column asks: model, prompt, size, how often, and its name. Nothing changes before it is saved. */
export function ColumnDialog({ column, after, isNew, onClose }: ColumnDialogProps) {
  const { columns } = useDesk();
  // A new column gets another id with every opening.
  const field = `column/${isNew ? "new" : column.id}`;
  const [prompt, typePrompt] = useDraft(`${field}/prompt`, column.prompt ?? "");
  const [name, typeName] = useDraft(`${field}/name`, column.name ?? "");
  const [draft, setDraft] = useState<Column>({
    ...column,
    prompt: prompt === "" ? column.prompt : prompt,
    name: name === "" ? column.name : name,
  });
  const change = (changes: Partial<Column>) => {
    setDraft({ ...draft, ...changes });
    if (changes.prompt !== undefined) typePrompt(changes.prompt ?? "");
    if (changes.name !== undefined) typeName(changes.name ?? "");
  };
  return (
    <Dialog
      title={isNew ? "New column" : "Column"}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="strong"
            onClick={() => {
              columns.keep(draft, after);
              onClose();
            }}
          >
            {isNew ? "Add the column" : "Keep"}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ModelPicker modelId={draft.modelId} onChange={(model) => change({ modelId: model.id })} />
        <PromptChoice draft={draft} change={change} />
        <ColumnDetails draft={draft} change={change} />
      </div>
    </Dialog>
  );
}

interface PartProps {
  draft: Column;
  change: (changes: Partial<Column>) => void;
}

function PromptChoice({ draft, change }: PartProps) {
  const { columns } = useDesk();
  const { sharedPrompt } = columns.settings();
  const model = modelById(draft.modelId);
  const refusal = model?.prompt === "none" ? model.promptNote : null;
  const isOptional = model?.prompt === "optional";
  return (
    <div className="flex flex-col gap-2.5">
      {refusal === null && (
        <Choice
          type="checkbox"
          label={isOptional ? "Ask without a prompt" : "Ask the prompt that columns share"}
          checked={draft.prompt === null}
          onChange={(event) => change({ prompt: event.target.checked ? null : sharedPrompt })}
        />
      )}
      {(refusal !== null || draft.prompt !== null) && (
        <PromptField
          value={draft.prompt ?? sharedPrompt}
          refusal={refusal}
          note={isOptional ? model.promptNote : null}
          onChange={(prompt) => change({ prompt })}
          onChoose={(prompt) => change({ prompt })}
        />
      )}
    </div>
  );
}

function ColumnDetails({ draft, change }: PartProps) {
  const copySide = useSheet((state) => state.sheet.copySide);
  const { modelId, prompt, sentSize, repeats } = draft;
  return (
    <>
      <SentSizeField
        recipe={{ modelId, prompt, sentSize }}
        copySide={copySide}
        onChange={(size) => change({ sentSize: size })}
      />
      <Field label="Repeats" hint="The same question several times shows how stable a model is.">
        {(control) => (
          <select
            {...control}
            className={controlLook}
            value={repeats}
            onChange={(event) => change({ repeats: Number(event.target.value) })}
          >
            {Array.from({ length: MOST_REPEATS }, (_, index) => (
              <option key={index + 1} value={index + 1}>
                {index === 0 ? "Ask once" : `Ask ${index + 1} times`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Name" hint="It is shown instead of the model’s.">
        {(control) => (
          <input
            {...control}
            type="text"
            className={controlLook}
            maxLength={80}
            value={draft.name ?? ""}
            placeholder={modelById(modelId)?.name ?? modelId}
            onChange={(event) =>
              change({ name: event.target.value.trim() === "" ? null : event.target.value })
            }
          />
        )}
      </Field>
    </>
  );
}
