import { useState } from "react";
import { FIELD_PRESETS, fieldFromPreset, type FieldPreset } from "#src/catalog/field-presets.ts";
import {
  type Field,
  type FieldId,
  type Fields,
  MOST_FIELDS,
  withField,
} from "#src/domain/field.ts";
import { captionView, fieldOf } from "#src/features/caption/view-state.ts";
import { report } from "#src/sheet/tell.ts";
import { useServices } from "#src/state/services.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { controlLook, Field as Labelled } from "#src/ui/field.tsx";

const LONGEST_NAME = 40;

const KINDS: Readonly<Record<Field["kind"], string>> = {
  sentence: "One sentence",
  title: "A title",
  tags: "Tags, separated by commas",
  free: "Free text",
};

/** Adds a field, or changes one: its name, its kind, its place; removing it leaves what was answered in the history. */
export function FieldDialog({
  fieldId,
  onClose,
}: {
  fieldId: FieldId | null;
  onClose: () => void;
}) {
  const fields = useSheet((state) => state.sheet.fields);
  const field = fields.find(({ id }) => id === fieldId);
  return field === undefined ? (
    <AddField fields={fields} onClose={onClose} />
  ) : (
    <ChangeField field={field} fields={fields} onClose={onClose} />
  );
}

function AddField({ fields, onClose }: { fields: Fields; onClose: () => void }) {
  const open = useOpenSheet();
  const { sheets } = useServices();
  const isFull = fields.length >= MOST_FIELDS;
  const add = (preset: FieldPreset) => {
    const view = captionView(open);
    const like = fieldOf(view.getState(), fields);
    const field = fieldFromPreset(preset, { id: sheets.newId(), like, fields });
    const [first, ...others] = fields;
    report(
      open.saveSettings(
        { fields: [first, ...others, field] },
        { label: `adding the field ${field.name}` },
      ),
    );
    view.setState({ fieldId: field.id });
    onClose();
  };
  return (
    <Dialog title="Add a field" width="wide" onClose={onClose}>
      <p className="mb-4 text-pretty text-ink-2">
        {isFull
          ? `A sheet has room for ${MOST_FIELDS} fields.`
          : "Every image gets one more text, with its own prompt, limit and language. One run asks for all that are missing; the picture is prepared once."}
      </p>
      <ul className="grid gap-2 sm:grid-cols-2">
        {FIELD_PRESETS.map((preset) => (
          <li key={preset.id}>
            <button
              type="button"
              disabled={isFull}
              className="h-full w-full rounded border border-line-2 px-3 py-2.5 text-left hover:bg-paper disabled:opacity-60"
              onClick={() => add(preset)}
            >
              <span className="block font-medium">{preset.name}</span>
              <span className="block text-xs text-ink-2">
                {preset.use}
                {preset.limit === null ? "" : `; at most ${preset.limit.most} ${preset.limit.unit}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

interface ChangeFieldProps {
  field: Field;
  fields: Fields;
  onClose: () => void;
}

function ChangeField({ field, fields, onClose }: ChangeFieldProps) {
  const open = useOpenSheet();
  const [name, setName] = useState(field.name);
  const [kind, setKind] = useState(field.kind);
  const trimmed = name.trim();
  const isTaken = fields.some((other) => other.id !== field.id && other.name === trimmed);
  const error =
    trimmed === "" ? "A field needs a name." : isTaken ? "Another field has this name." : null;
  const save = (changed: Fields, label: string) => {
    report(open.saveSettings({ fields: changed }, { label }));
    onClose();
  };
  const at = fields.findIndex(({ id }) => id === field.id);
  const move = (by: 1 | -1) => {
    const others: Field[] = fields.filter(({ id }) => id !== field.id);
    others.splice(at + by, 0, field);
    const [first, ...rest] = others;
    if (first !== undefined) save([first, ...rest], `moving the field ${field.name}`);
  };
  const remove = () => {
    const [first, ...rest] = fields.filter(({ id }) => id !== field.id);
    if (first !== undefined) save([first, ...rest], `removing the field ${field.name}`);
  };
  return (
    <Dialog
      title={`Field ${field.name}`}
      onClose={onClose}
      footer={
        <>
          <span className="mr-auto flex gap-1">
            <Button disabled={at === 0} onClick={() => move(-1)}>
              Move up
            </Button>
            <Button disabled={at === fields.length - 1} onClick={() => move(1)}>
              Move down
            </Button>
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="strong"
            disabled={error !== null}
            onClick={() =>
              save(
                withField(fields, { ...field, name: trimmed, kind }),
                `changing the field ${field.name}`,
              )
            }
          >
            Save
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <Labelled label="Name" error={error}>
          {(control) => (
            <input
              {...control}
              className={controlLook}
              value={name}
              maxLength={LONGEST_NAME}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Labelled>
        <KindField kind={kind} onChange={setKind} />
        {fields.length > 1 && (
          <div className="border-t border-line pt-4">
            <Button look="careful" onClick={remove}>
              Remove this field
            </Button>
            <p className="mt-1.5 text-xs text-ink-2">
              Its texts are no longer shown. One undo brings the field and all of them back; what
              was spent stays spent.
            </p>
          </div>
        )}
      </div>
    </Dialog>
  );
}

interface KindFieldProps extends Pick<Field, "kind"> {
  onChange: (kind: Field["kind"]) => void;
}

/** What sort of text it is. */
export function KindField({ kind, onChange }: KindFieldProps) {
  return (
    <Labelled label="Kind">
      {(control) => (
        <select
          {...control}
          className={controlLook}
          value={kind}
          onChange={(event) => {
            const chosen = KIND_NAMES.find((one) => one === event.target.value);
            if (chosen !== undefined) onChange(chosen);
          }}
        >
          {KIND_NAMES.map((one) => (
            <option key={one} value={one}>
              {KINDS[one]}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

const KIND_NAMES = [
  "sentence",
  "title",
  "tags",
  "free",
] as const satisfies readonly Field["kind"][];
