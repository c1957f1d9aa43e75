import { useState, type FormEvent, type ReactNode } from "react";
import type { Field } from "#src/domain/field.ts";
import { eachTagOnce, joinedTags, tagsOf } from "#src/domain/tags.ts";
import { ScopeChoice } from "#src/features/caption/bulk/bulk-form.tsx";
import type { BulkScope } from "#src/features/caption/bulk/bulk-texts.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import { changeCaption, useCaptionSettings } from "#src/features/caption/settings.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { report } from "#src/sheet/tell.ts";
import { useOpenSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { Choice } from "#src/ui/choice.tsx";
import { controlLook, Field as Labelled } from "#src/ui/field.tsx";
import type { PreviewTags, TagTable } from "./tag-table.ts";

interface TagFormsProps {
  desk: Desk;
  field: Field;
  table: TagTable;
  scope: BulkScope;
  onScope: (scope: BulkScope) => void;
  onPreview: PreviewTags;
}

/** What is done to the tags of many images at once, and to which images. */
export function TagForms({ desk, field, table, scope, onScope, onPreview }: TagFormsProps) {
  const [counts] = useState(() => {
    const { total, isNarrowed, counts: listed } = desk.listing();
    const selected = desk.view.getState().selected.size;
    return { all: total, selected: selected || null, shown: isNarrowed ? listed.listed : null };
  });
  return (
    <>
      <ScopeChoice scope={scope} counts={counts} onChange={onScope} />
      <AddForm onPreview={onPreview} />
      <OrderForm onPreview={onPreview} />
      <VocabularyForm key={field.id} field={field} table={table} />
    </>
  );
}

interface FormProps {
  onSubmit: () => void;
  children: ReactNode;
}

function Form({ onSubmit, children }: FormProps) {
  return (
    <form
      className="space-y-2.5 border-t border-line pt-3"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}

function AddForm({ onPreview }: Pick<TagFormsProps, "onPreview">) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState<"first" | "last">("last");
  const [fillsEmpty, setFillsEmpty] = useState(false);
  const tags = eachTagOnce(tagsOf(typed));
  return (
    <Form
      onSubmit={() => {
        if (tags.length > 0)
          onPreview(
            { kind: "add", tags, at },
            { title: `Add ${joinedTags(tags)}`, doing: "adding tags to", fillsEmpty },
          );
      }}
    >
      <Labelled label="Add tags" hint="Separated by commas. None is added twice.">
        {(control) => (
          <input
            {...control}
            dir="auto"
            className={controlLook}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
      </Labelled>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        {(["first", "last"] as const).map((place) => (
          <Choice
            key={place}
            type="radio"
            name="place-of-added"
            label={place === "first" ? "First" : "Last"}
            checked={at === place}
            onChange={() => setAt(place)}
          />
        ))}
        <Choice
          type="checkbox"
          label="Also where there are no tags"
          checked={fillsEmpty}
          onChange={({ target }) => setFillsEmpty(target.checked)}
        />
        <Button type="submit" className="ml-auto" aria-disabled={tags.length === 0}>
          Add…
        </Button>
      </div>
    </Form>
  );
}

const ORDERS = [
  { by: "letters", label: "A to Z" },
  { by: "count", label: "Most used first" },
  { by: "as-used", label: "As they are" },
] as const;

function OrderForm({ onPreview }: Pick<TagFormsProps, "onPreview">) {
  const [by, setBy] = useState<(typeof ORDERS)[number]["by"]>("letters");
  const [typed, setTyped] = useState("");
  const first = tagsOf(typed);
  return (
    <Form
      onSubmit={() =>
        onPreview(
          { kind: "order", by, first },
          { title: "Order the tags of each text", doing: "ordering the tags of" },
        )
      }
    >
      <div className="grid grid-cols-2 gap-2.5">
        <Labelled label="Order in each text">
          {(control) => (
            <select
              {...control}
              className={controlLook}
              value={by}
              onChange={({ target }) =>
                setBy(ORDERS.find((one) => one.by === target.value)?.by ?? "letters")
              }
            >
              {ORDERS.map((one) => (
                <option key={one.by} value={one.by}>
                  {one.label}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled label="Always first">
          {(control) => (
            <input
              {...control}
              dir="auto"
              placeholder="A trigger word"
              className={controlLook}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Labelled>
      </div>
      <div className="flex justify-end">
        <Button type="submit">Order…</Button>
      </div>
    </Form>
  );
}

/** More would be no list that anybody keeps to. */
const MOST_ALLOWED = 5_000;

function VocabularyForm({ field, table }: Pick<TagFormsProps, "field" | "table">) {
  const open = useOpenSheet();
  const { vocabularies } = useCaptionSettings();
  const kept = vocabularies.find(({ fieldId }) => fieldId === field.id)?.tags ?? [];
  const [typed, setTyped] = useState(() => joinedTags(kept));
  const tags = eachTagOnce(tagsOf(typed)).slice(0, MOST_ALLOWED);
  const isChanged = joinedTags(tags) !== joinedTags(kept);
  const save = () => {
    const others = vocabularies.filter(({ fieldId }) => fieldId !== field.id);
    const next = tags.length === 0 ? others : [...others, { fieldId: field.id, tags }];
    setTyped(joinedTags(tags));
    report(changeCaption(open, { vocabularies: next }));
  };
  return (
    <Form onSubmit={save}>
      <Labelled
        label="Vocabulary"
        hint={
          kept.length === 0
            ? "Any tag may be used. With a list here, others are shown as outside it."
            : `${counted(kept.length, "tag")} may be used. Rename what is outside to one of them.`
        }
      >
        {(control) => (
          <textarea
            {...control}
            dir="auto"
            rows={3}
            className={controlLook}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
      </Labelled>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => setTyped(joinedTags(table.tags.map(({ tag }) => tag)))}>
          Take the tags in use
        </Button>
        <Button type="submit" aria-disabled={!isChanged}>
          Keep the vocabulary
        </Button>
      </div>
    </Form>
  );
}

interface TickedBarProps {
  ticked: ReadonlySet<string>;
  onRename: (keys: ReadonlySet<string>, to: string) => void;
  onRemove: (keys: ReadonlySet<string>) => void;
  onNone: (none: ReadonlySet<string>) => void;
}

/** What is done to several tags at once: they become one, or go. */
export function TickedBar({ ticked, onRename, onRemove, onNone }: TickedBarProps) {
  const [name, setName] = useState("");
  return (
    <form
      className="flex flex-wrap items-center gap-2 rounded border border-ink px-3 py-1.5 text-control"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") onRename(ticked, name.trim());
      }}
    >
      <span className="font-semibold">{grouped(ticked.size)} selected</span>
      <input
        aria-label="New name for the selected tags"
        placeholder="One name for them"
        dir="auto"
        className={`${controlLook} h-7! max-w-48 min-w-28 flex-1 py-0!`}
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <Button type="submit" look="mini">
        Rename
      </Button>
      <Button look="mini" onClick={() => onRemove(ticked)}>
        Remove
      </Button>
      <Button look="mini" onClick={() => onNone(new Set())}>
        Select none
      </Button>
    </form>
  );
}
