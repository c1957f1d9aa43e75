import { type Ref, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import type { Field } from "#src/domain/field.ts";
import { imageName } from "#src/domain/image.ts";
import { tagKey } from "#src/domain/tags.ts";
import { imagesIn, scopeFrom, type BulkScope } from "#src/features/caption/bulk/bulk-texts.ts";
import { deskOf, useStandings, type Desk } from "#src/features/caption/desk.ts";
import { useCaptionSettings } from "#src/features/caption/settings.ts";
import { classNames } from "#src/lib/class-names.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { folded } from "#src/lib/search-words.ts";
import { FramePicture } from "#src/sheet/frame.tsx";
import { createSheetView, useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button, Chip } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { controlLook } from "#src/ui/field.tsx";
import { Pulse } from "#src/ui/pulse.tsx";
import { showToast } from "#src/ui/toasts.ts";
import { TagForms, TickedBar } from "./tag-forms.tsx";
import { TagList } from "./tag-list.tsx";
import {
  byLetters,
  tagChanges,
  type PreviewTags,
  type TagEdit,
  type TagTable,
  type TagUse,
} from "./tag-table.ts";
import { useTagTable } from "./use-tag-table.ts";

type Only = "once" | "alike" | "outside";

interface TagsViewState {
  search: string;
  sort: "count" | "letters";
  only: Only | null;
  chosenKey: string | null;
  /** Whose texts are edited; null until the user says so. */
  scope: BulkScope | null;
}

// A preview takes the dialog’s place, which then opens as it was.
const tagsView = createSheetView<TagsViewState>({
  search: "",
  sort: "count",
  only: null,
  chosenKey: null,
  scope: null,
});

const CLEAN: TagEdit = { kind: "clean" };

interface TagsDialogProps {
  /** Null for the first field that has tags. */
  fieldId: string | null;
  onClose: () => void;
}

/** The tags of a field on the whole sheet: which there are, how often, and what is done to them everywhere. */
export function TagsDialog({ fieldId, onClose }: TagsDialogProps) {
  const fields = useSheet((state) => state.sheet.fields);
  const tagged = fields.filter(({ kind }) => kind === "tags");
  const field = tagged.find(({ id }) => id === fieldId) ?? tagged[0];
  if (field !== undefined)
    return <FieldTags key={field.id} field={field} others={tagged} onClose={onClose} />;
  return (
    <Dialog title="Tags" onClose={onClose}>
      <p>No field of this sheet holds tags. Add one of the kind “Tags”, such as Keywords.</p>
    </Dialog>
  );
}

interface FieldTagsProps {
  field: Field;
  /** All fields with tags. */
  others: readonly Field[];
  onClose: () => void;
}

function FieldTags({ field, others, onClose }: FieldTagsProps) {
  const open = useOpenSheet();
  const desk = deskOf(open);
  const { byId } = useStandings(desk);
  const table = useTagTable(byId, field.id);
  const find = useRef<HTMLInputElement>(null);
  const isCounted = table !== null;
  // The dialog itself has put the focus on its first button.
  useLayoutEffect(() => {
    if (isCounted) find.current?.focus();
  }, [isCounted]);
  const close = () => {
    tagsView(open).setState({ scope: null });
    onClose();
  };
  return (
    <Dialog title={`Tags: ${field.name}`} width="full" onClose={close}>
      {table === null ? (
        <div className="space-y-3 md:h-[min(68dvh,38rem)]">
          <output className="block text-ink-2">Counting the tags…</output>
          <Pulse />
        </div>
      ) : (
        <CountedTags find={find} desk={desk} field={field} others={others} table={table} />
      )}
    </Dialog>
  );
}

interface CountedTagsProps extends Pick<FieldTagsProps, "field" | "others"> {
  /** Where a tag is looked for. */
  find: Ref<HTMLInputElement>;
  desk: Desk;
  table: TagTable;
}

function CountedTags({ find, desk, field, others, table }: CountedTagsProps) {
  const { byId } = useStandings(desk);
  const view = tagsView(useOpenSheet());
  const { search, sort, only, chosenKey, scope: chosenScope } = useStore(view);
  const scope = useMemo(() => scopeFrom(chosenScope, desk), [chosenScope, desk]);
  const doubled = useMemo(() => {
    const ids = new Set(imagesIn(scope, desk));
    const own = table.doubled.filter((id) => ids.has(id));
    return tagChanges(byId, own, { edit: CLEAN, table }).length;
  }, [byId, desk, scope, table]);
  const allowed = useVocabulary(field.id);
  const outside = useMemo(() => outsideOf(table, allowed), [table, allowed]);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const shown = shownTags(table, { search, sort, only, outside });
  const chosen = chosenKey === null ? undefined : table.byKey.get(chosenKey);
  const preview: PreviewTags = (edit, { title, doing, fillsEmpty = false }) => {
    const changes = tagChanges(byId, imagesIn(scope, desk), { edit, table, fillsEmpty });
    if (changes.length === 0)
      showToast({ text: "No text would change: their tags are so already.", kind: "tags" });
    else
      desk.view.setState({
        dialog: {
          kind: "changes",
          title,
          doing,
          changes,
          back: { kind: "tags", fieldId: field.id },
        },
      });
  };
  const remove = (keys: ReadonlySet<string>) =>
    preview(
      { kind: "remove", keys },
      { title: `Remove ${namesOf(keys, table)}`, doing: "removing tags from" },
    );
  const rename = (keys: ReadonlySet<string>, to: string) =>
    preview(
      { kind: "rename", keys, to },
      { title: `Rename ${namesOf(keys, table)} to “${to}”`, doing: "renaming tags in" },
    );
  const tick = (key: string) => {
    const next = new Set(ticked);
    if (!next.delete(key)) next.add(key);
    setTicked(next);
  };
  return (
    <div className="flex flex-col gap-3 md:h-[min(68dvh,38rem)]">
      <TagTools
        ref={find}
        desk={desk}
        field={field}
        others={others}
        table={table}
        images={byId.size}
      />
      <TagChips
        table={table}
        outside={outside}
        doubled={doubled}
        only={only}
        onOnly={(next) => view.setState({ only: next })}
        onClean={() => preview(CLEAN, { title: "Each tag once", doing: "cleaning the tags of" })}
      />
      <div className="grid min-h-0 flex-1 gap-4 md:grid-cols-[minmax(0,1.35fr)_minmax(0,1fr)]">
        <div className="flex min-h-0 flex-col gap-2">
          {table.tags.length === 0 ? (
            <p className="py-8 text-center text-ink-2">There are no tags here yet.</p>
          ) : (
            <TagList
              table={table}
              tags={shown}
              outside={outside}
              allowed={allowed}
              chosenKey={chosenKey}
              ticked={ticked}
              onChoose={(key) => view.setState({ chosenKey: key === chosenKey ? null : key })}
              onTick={tick}
              onRename={(key, to) => rename(new Set([key]), to)}
              onRemove={(key) => remove(new Set([key]))}
            />
          )}
          {ticked.size > 0 && (
            <TickedBar ticked={ticked} onRename={rename} onRemove={remove} onNone={setTicked} />
          )}
        </div>
        <div className="min-h-0 space-y-4 md:overflow-y-auto md:px-1 md:pb-1">
          {chosen !== undefined && <ChosenTag desk={desk} use={chosen} field={field} />}
          <TagForms
            desk={desk}
            field={field}
            table={table}
            scope={scope}
            onScope={(next) => view.setState({ scope: next })}
            onPreview={preview}
          />
        </div>
      </div>
    </div>
  );
}

interface TagToolsProps extends Pick<FieldTagsProps, "field" | "others"> {
  desk: Desk;
  table: TagTable;
  /** On the sheet. */
  images: number;
  /** Where a tag is looked for. */
  ref: Ref<HTMLInputElement>;
}

/** Which tags are shown, and how many there are. */
function TagTools({ desk, field, others, table, images, ref }: TagToolsProps) {
  const view = tagsView(useOpenSheet());
  const { search, sort } = useStore(view);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {others.length > 1 && <FieldSelect desk={desk} field={field} others={others} />}
      <input
        ref={ref}
        type="search"
        aria-label="Find a tag"
        placeholder="Find a tag"
        className={`${controlLook} h-8 max-w-72 min-w-40 flex-1 py-0!`}
        value={search}
        onChange={({ target }) => view.setState({ search: target.value })}
      />
      <select
        aria-label="Order of the tags"
        className={`${controlLook} h-8 w-auto! py-0!`}
        value={sort}
        onChange={({ target }) =>
          view.setState({ sort: target.value === "letters" ? "letters" : "count" })
        }
      >
        <option value="count">Most used</option>
        <option value="letters">A to Z</option>
      </select>
      <p className="text-xs text-ink-2 tabular-nums">
        {`${counted(table.tags.length, "tag")}, ${counted(table.times, "time")}, on ${grouped(table.tagged)} of ${counted(images, "image")}`}
      </p>
    </div>
  );
}

function FieldSelect({
  desk,
  field,
  others,
}: { desk: Desk } & Pick<FieldTagsProps, "field" | "others">) {
  return (
    <select
      aria-label="Field"
      className={`${controlLook} h-8 w-auto! py-0!`}
      value={field.id}
      onChange={({ target }) =>
        desk.view.setState({ dialog: { kind: "tags", fieldId: target.value } })
      }
    >
      {others.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

const ANY: readonly string[] = [];

/** The tags that a field may have; none if it may have any. */
function useVocabulary(fieldId: string): readonly string[] {
  const { vocabularies } = useCaptionSettings();
  return vocabularies.find((one) => one.fieldId === fieldId)?.tags ?? ANY;
}

/** The tags in use that a vocabulary doesn’t have; none if there is no vocabulary. */
function outsideOf(table: TagTable, allowed: readonly string[]): ReadonlySet<string> {
  if (allowed.length === 0) return new Set();
  const known = new Set(allowed.map(tagKey));
  return new Set(table.tags.flatMap(({ key }) => (known.has(key) ? [] : [key])));
}

function isOnly(
  { key, images }: TagUse,
  only: Only,
  { table, outside }: { table: TagTable; outside: ReadonlySet<string> },
): boolean {
  if (only === "once") return images.length === 1;
  return only === "alike" ? table.alike.has(key) : outside.has(key);
}

function shownTags(
  table: TagTable,
  {
    search,
    sort,
    only,
    outside,
  }: Omit<TagsViewState, "chosenKey" | "scope"> & { outside: ReadonlySet<string> },
): readonly TagUse[] {
  const words = folded(search.trim());
  const found = table.tags.filter(
    (use) =>
      (words === "" || folded(use.tag).includes(words)) &&
      (only === null || isOnly(use, only, { table, outside })),
  );
  // Those that are alike stand together.
  return sort === "letters" || only === "alike"
    ? found.toSorted((a, b) => byLetters(a.tag, b.tag))
    : found;
}

const ONLY: readonly { only: Only; words: string }[] = [
  { only: "once", words: "Used once" },
  { only: "alike", words: "Alike" },
  { only: "outside", words: "Outside the vocabulary" },
];

interface TagChipsProps {
  table: TagTable;
  outside: ReadonlySet<string>;
  /** How many texts of the scope have a tag twice. */
  doubled: number;
  only: Only | null;
  onOnly: (only: Only | null) => void;
  onClean: () => void;
}

function TagChips({ table, outside, doubled, only, onOnly, onClean }: TagChipsProps) {
  const counts = {
    once: table.tags.filter(({ images }) => images.length === 1).length,
    alike: table.alike.size,
    outside: outside.size,
  };
  return (
    <div className="flex flex-wrap items-center gap-1.5 empty:hidden">
      {ONLY.filter((one) => counts[one.only] > 0 || one.only === only).map((one) => (
        <Chip
          key={one.only}
          pressed={only === one.only}
          onClick={() => onOnly(only === one.only ? null : one.only)}
        >
          {one.words}
          <span className="figures ml-1.5">{grouped(counts[one.only])}</span>
        </Chip>
      ))}
      {doubled > 0 && (
        <Chip className="text-warn!" onClick={onClean}>
          Clean {counted(doubled, "text")} with a tag twice
        </Chip>
      )}
    </div>
  );
}

function namesOf(keys: ReadonlySet<string>, { byKey }: TagTable): string {
  const [first = ""] = keys;
  return keys.size === 1 ? `“${byKey.get(first)?.tag ?? first}”` : counted(keys.size, "tag");
}

const MOST_PICTURES = 12;

/** The images of a tag. */
function ChosenTag({ desk, use, field }: { desk: Desk; use: TagUse; field: Field }) {
  const images = useSheet((state) => state.images);
  const shown = use.images.slice(0, MOST_PICTURES).flatMap((id) => images.get(id) ?? []);
  const show = () =>
    desk.view.setState({
      dialog: null,
      search: "",
      filters: [{ kind: "tag", fieldId: field.id, tag: use.tag }],
    });
  return (
    <section aria-label={`Images tagged ${use.tag}`}>
      <div className="mb-1.5 flex flex-wrap items-center gap-2">
        <bdi className="min-w-0 truncate text-sm font-semibold">{use.tag}</bdi>
        <span className="mr-auto text-xs text-ink-2">{counted(use.images.length, "image")}</span>
        <Button onClick={show}>{use.images.length === 1 ? "Show it" : "Show them"}</Button>
      </div>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(5rem,1fr))] gap-1.5">
        {shown.map((image) => (
          <li key={image.id}>
            <FramePicture image={image} className={classNames("aspect-3/2 w-full rounded-[4px]")} />
            <span className="block truncate text-[0.6875rem] text-ink-2" title={imageName(image)}>
              {imageName(image)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
