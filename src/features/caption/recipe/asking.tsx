import { Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { useStore } from "zustand";
import { FIELD_PRESETS, LANGUAGES } from "#src/catalog/field-presets.ts";
import { modelById } from "#src/catalog/find-models.ts";
import { PROMPT_PRESETS } from "#src/catalog/presets.ts";
import { type Field, type Fields, type LengthUnit, withField } from "#src/domain/field.ts";
import { languageName, languageTag } from "#src/domain/language.ts";
import {
  contextNotes,
  folderOf,
  PROMPT_VARIABLES,
  type PromptVariable,
  variablesIn,
} from "#src/domain/prompt-variables.ts";
import type { SavedPrompt } from "#src/domain/saved-prompt.ts";
import { CAPTION_ACTS } from "#src/features/caption/actions.ts";
import { useStandings } from "#src/features/caption/caption-desk.tsx";
import { deskOf } from "#src/features/caption/desk.ts";
import { captionView, useCaptionView } from "#src/features/caption/view-state.ts";
import { classNames } from "#src/lib/class-names.ts";
import { shortened } from "#src/lib/shortened.ts";
import { report } from "#src/sheet/tell.ts";
import { libraryOf } from "#src/state/prompt-library.ts";
import { useServices } from "#src/state/services.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { controlLook, Field as Labelled } from "#src/ui/field.tsx";
import { Menu, type MenuItem } from "#src/ui/menu.tsx";
import { choosePrompt, isOurs } from "./choose-prompt.ts";

export interface AskingProps {
  /** The field that the panel shows. */
  field: Field;
  fields: Fields;
}

const LINK = "text-xs text-ink-2 underline underline-offset-2 hover:text-ink pointer-coarse:py-2";
const HEAD = "mb-1.5 flex items-baseline justify-between gap-2";
const HEADING = "text-xs font-semibold text-ink-2";

/** The sheet's fields: which a run asks for, how far each is, and which one the panel shows. */
export function FieldList({ field, fields }: AskingProps) {
  const open = useOpenSheet();
  const view = captionView(open);
  const { byField } = useStandings(deskOf(open));
  const add = () => view.setState({ dialog: { kind: "field", fieldId: null } });
  if (fields.length === 1)
    return (
      <div className={classNames(HEAD, "-mb-2")}>
        <span className={HEADING}>One text per image</span>
        <button type="button" className={LINK} onClick={add}>
          Add a field
        </button>
      </div>
    );
  const ask = (changed: Field, isAsked: boolean) =>
    report(open.saveSettings({ fields: withField(fields, { ...changed, isAsked }) }));
  return (
    <section aria-label="Fields">
      <div className={HEAD}>
        <h3 className={HEADING}>Fields</h3>
        <button type="button" className={LINK} onClick={add}>
          Add a field
        </button>
      </div>
      <ul className="-mx-1">
        {fields.map((one) => {
          const counts = byField.get(one.id);
          const isShown = one.id === field.id;
          return (
            <li
              key={one.id}
              className={classNames(
                "flex items-center gap-2.5 rounded border px-2 text-control",
                isShown ? "border-line-2 bg-paper" : "border-transparent",
              )}
            >
              <input
                type="checkbox"
                aria-label={`Ask for ${one.name}`}
                title={`A run asks for ${one.name}`}
                checked={one.isAsked}
                onChange={(event) => ask(one, event.target.checked)}
                className="size-3.75 shrink-0 accent-ink pointer-coarse:size-5"
              />
              <button
                type="button"
                aria-pressed={isShown}
                className={classNames(
                  "min-w-0 flex-1 truncate py-1.25 text-left pointer-coarse:py-2.5",
                  isShown && "font-semibold",
                )}
                onClick={() => view.setState({ fieldId: one.id })}
              >
                {one.name}
              </button>
              {counts !== undefined && (
                <span
                  className="figures text-ink-2"
                  title={`${counts.done} of ${counts.total} have it`}
                >
                  {counts.done.toLocaleString("en-US")}/{counts.total.toLocaleString("en-US")}
                </span>
              )}
              {isShown && (
                <button
                  type="button"
                  className={LINK}
                  aria-label={`Change the field ${one.name}`}
                  onClick={() => view.setState({ dialog: { kind: "field", fieldId: one.id } })}
                >
                  Change
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The saved prompts of this device, read when they are first shown. */
export function usePrompts(): readonly SavedPrompt[] {
  const library = libraryOf(useServices().sheets);
  const prompts = useStore(library.store, (state) => state.prompts);
  useEffect(() => {
    report(library.refresh());
  }, [library]);
  return prompts ?? [];
}

/** Where the prompt comes from, and every other that can take its place. */
export function PromptChooser({ field }: AskingProps) {
  const open = useOpenSheet();
  const { sheets } = useServices();
  const view = captionView(open);
  const prompts = usePrompts();
  const text = field.recipe.prompt ?? "";
  const choose = (chosen: Parameters<typeof choosePrompt>[2]) =>
    report(choosePrompt({ open, library: libraryOf(sheets) }, field, chosen));
  const own = prompts.filter(({ isUnsaved }) => !isUnsaved);
  const unsaved = prompts
    .filter(({ isUnsaved }) => isUnsaved)
    .toSorted((a, b) => b.changedAt - a.changedAt);
  const ours = [
    ...PROMPT_PRESETS.map(({ name, use, prompt }) => ({ name, use, prompt, limit: null })),
    ...FIELD_PRESETS.filter(({ prompt }) => prompt !== ""),
  ];
  const items: MenuItem[] = [
    ...own.map((prompt) => ({
      label: prompt.name,
      hint: prompt.note === "" ? shortened(prompt.text, 90) : prompt.note,
      checked: prompt.text === text,
      onChoose: () => choose(prompt),
    })),
    ...ours.map(({ name, use, prompt, limit }) => ({
      label: limit === null ? name : `${name}, ${limit.most} ${limit.unit}`,
      hint: use,
      checked: prompt === text,
      onChoose: () => choose({ text: prompt, limit }),
    })),
    ...unsaved.map((prompt) => ({
      label: "Used before, not saved",
      hint: shortened(prompt.text, 90),
      checked: prompt.text === text,
      onChoose: () => choose(prompt),
    })),
    {
      label: "No prompt",
      hint: "The model says what it likes",
      checked: text === "",
      onChoose: () => choose({ text: "" }),
    },
    {
      label: "Save and manage prompts…",
      onChoose: () => view.setState({ dialog: { kind: "prompts" } }),
    },
  ];
  return (
    <Menu
      label="Prompts"
      items={items}
      trigger={(trigger) => (
        <button
          {...trigger}
          type="button"
          className="flex w-full items-baseline gap-2 rounded-t border-b border-line px-2.75 py-1.75 text-left text-control hover:bg-paper pointer-coarse:min-h-10"
        >
          <span className="min-w-0 flex-1 truncate">
            <span className="sr-only">Choose another prompt, now: </span>
            {promptName(text, own)}
          </span>
          <span className="text-xs text-ink-2">{whose(text, own)}</span>
        </button>
      )}
    />
  );
}

function promptName(text: string, own: readonly SavedPrompt[]): string {
  if (text === "") return "No prompt";
  return (
    own.find((prompt) => prompt.text === text)?.name ??
    [...PROMPT_PRESETS, ...FIELD_PRESETS].find(({ prompt }) => prompt === text)?.name ??
    "Your own words"
  );
}

function whose(text: string, own: readonly SavedPrompt[]): string {
  if (own.some((prompt) => prompt.text === text)) return "yours";
  return text === "" || isOurs(text) ? "" : "not saved";
}

/** Under the prompt: variables to put in, and the prompt as it is sent. */
export function PromptTools({ field, fields }: AskingProps) {
  const open = useOpenSheet();
  const view = captionView(open);
  const activeId = useCaptionView((state) => state.activeId);
  const image = useSheet(({ images, order }) => images.get(activeId ?? order[0] ?? ""));
  const model = modelById(field.recipe.modelId);
  if (model?.prompt === "none") return null;
  const text = field.recipe.prompt ?? "";
  const put = (name: PromptVariable) => {
    const spaced = text === "" || /\s$/u.test(text) ? text : `${text} `;
    const prompt = `${spaced}{${name}}`;
    const changed = { ...field, recipe: { ...field.recipe, prompt } };
    report(
      open.saveSettings(
        { fields: withField(fields, changed) },
        { label: `putting {${name}} into the prompt`, quiet: true },
      ),
    );
  };
  const names: readonly PromptVariable[] = [
    "context",
    "file",
    "folder",
    "existing",
    "language",
    "max",
    "date",
  ];
  return (
    <div className="flex flex-wrap items-center justify-between gap-1 border-t border-line px-1 py-1">
      <Menu
        label="Variables"
        trigger={(trigger) => (
          <Button {...trigger} look="mini">
            <Plus size={13} aria-hidden="true" />
            Variable
          </Button>
        )}
        items={names.map((name) => ({
          label: `{${name}}`,
          hint: `Stands for ${PROMPT_VARIABLES[name]}`,
          onChoose: () => put(name),
        }))}
      />
      {image !== undefined && (
        <Button
          look="mini"
          keys={CAPTION_ACTS.promptSent.keys[0]}
          onClick={() => view.setState({ dialog: { kind: "prompt-sent", imageId: image.id } })}
        >
          As sent for {String(image.frame).padStart(2, "0")}
        </Button>
      )}
    </div>
  );
}

/** In which language, how long, and what the model is told beside the picture. */
export function AnswerForm({ field, fields }: AskingProps) {
  const { saveSettings } = useOpenSheet();
  const change = (changed: Partial<Field>) =>
    report(saveSettings({ fields: withField(fields, { ...field, ...changed }) }));
  if (modelById(field.recipe.modelId)?.answers === "age") return null;
  const named = new Set(variablesIn(field.recipe.prompt ?? ""));
  const unnamed = [
    ...(field.language !== null && !named.has("language") ? (["language"] as const) : []),
    ...(field.limit !== null && !named.has("max") ? (["max"] as const) : []),
  ];
  return (
    <>
      <div className="grid grid-cols-2 gap-x-2.5">
        <LanguageField
          key={field.id}
          language={field.language}
          onChange={(language) => change({ language })}
        />
        <LimitField field={field} onChange={(limit) => change({ limit })} />
        {unnamed.length > 0 && (
          <p className="col-span-2 mt-1.5 text-xs text-ink-2">
            The prompt doesn’t name {unnamed.map((name) => `{${name}}`).join(" or ")}, so the model
            isn’t told{unnamed.includes("max") ? "; the length is checked all the same" : ""}.
          </p>
        )}
      </div>
      <ContextNotes />
    </>
  );
}

interface LanguageFieldProps {
  language: string | null;
  onChange: (language: string | null) => void;
}

function LanguageField({ language, onChange }: LanguageFieldProps) {
  const isListed = language === null || LANGUAGES.includes(language);
  const [isTyping, setTyping] = useState(!isListed);
  const [typed, setTyped] = useState(isListed ? "" : language);
  const tag = typed.trim() === "" ? null : languageTag(typed);
  return (
    <Labelled
      label="Language"
      error={isTyping && typed.trim() !== "" && tag === null ? "No such language tag." : null}
      {...(isTyping ? { hint: tag === null ? "A tag, such as cy or sw" : languageName(tag) } : {})}
    >
      {(control) =>
        isTyping ? (
          <input
            {...control}
            className={controlLook}
            value={typed}
            maxLength={35}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the user has just asked to type it
            autoFocus={isListed}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={() => {
              if (typed.trim() === "") setTyping(false);
              if (typed.trim() === "" || tag !== null) onChange(tag);
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter" && tag !== null) onChange(tag);
            }}
          />
        ) : (
          <select
            {...control}
            className={controlLook}
            value={language ?? ""}
            onChange={(event) => {
              if (event.target.value === "other") setTyping(true);
              else onChange(event.target.value === "" ? null : event.target.value);
            }}
          >
            <option value="">Any</option>
            {LANGUAGES.map((one) => (
              <option key={one} value={one}>
                {languageName(one)}
              </option>
            ))}
            <option value="other">Another…</option>
          </select>
        )
      }
    </Labelled>
  );
}

const UNITS: Readonly<Record<LengthUnit, { short: string; name: string }>> = {
  characters: { short: "chars", name: "characters" },
  words: { short: "words", name: "words" },
  tokens: { short: "tokens", name: "tokens, which are estimated" },
};

function LimitField({
  field: { limit },
  onChange,
}: {
  field: Field;
  onChange: (limit: Field["limit"]) => void;
}) {
  const unit = limit?.unit ?? "characters";
  // While it is being typed it may be no limit at all, or one on the way to another.
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Labelled label="Length, at most">
      {(control) => (
        <span className="flex">
          <input
            {...control}
            type="number"
            inputMode="numeric"
            min={1}
            max={100_000}
            placeholder="any"
            className={classNames(controlLook, "min-w-0 flex-1 rounded-r-none pr-1")}
            value={typed ?? limit?.most ?? ""}
            onBlur={() => setTyped(null)}
            onChange={(event) => {
              setTyped(event.target.value);
              const most = event.target.valueAsNumber;
              if (event.target.value === "") onChange(null);
              else if (Number.isInteger(most) && most >= 1 && most <= 100_000)
                onChange({ most, unit });
            }}
          />
          <select
            aria-label="Unit of the length"
            title={unit === "tokens" ? "About as many as CLIP’s tokenizer makes" : undefined}
            className={classNames(controlLook, "w-18 shrink-0 rounded-l-none border-l-0 px-1")}
            value={unit}
            disabled={limit === null}
            onChange={(event) => {
              const chosen = UNIT_NAMES.find((name) => name === event.target.value);
              if (limit !== null && chosen !== undefined) onChange({ ...limit, unit: chosen });
            }}
          >
            {UNIT_NAMES.map((name) => (
              <option key={name} value={name} aria-label={UNITS[name].name}>
                {UNITS[name].short}
              </option>
            ))}
          </select>
        </span>
      )}
    </Labelled>
  );
}

const UNIT_NAMES = ["characters", "words", "tokens"] as const satisfies readonly LengthUnit[];

/** What a prompt’s {context} stands for on the current image, from the widest to the narrowest note. */
function ContextNotes() {
  const view = captionView(useOpenSheet());
  const context = useSheet((state) => state.sheet.context);
  const activeId = useCaptionView((state) => state.activeId);
  const image = useSheet(({ images, order }) => images.get(activeId ?? order[0] ?? ""));
  const marks = useSheet((state) => state.marks.get(image?.id ?? ""));
  const notes = image === undefined ? [] : contextNotes(image, { context, marks: marks ?? [] });
  const folder = image === undefined ? "" : folderOf(image);
  const open = () =>
    view.setState({ dialog: { kind: "context", folder, imageId: image?.id ?? null } });
  const names = {
    sheet: "Sheet",
    folder: folder === "" ? "No folder" : folder,
    image: `Image ${image?.frame ?? ""}`,
  };
  return (
    <section aria-label="Context">
      <div className={HEAD}>
        <h3 className={HEADING}>Context</h3>
        <button type="button" className={LINK} onClick={open}>
          {notes.length === 0 ? "Add a note" : "Change"}
        </button>
      </div>
      {notes.length > 0 && (
        <dl className="divide-y divide-line rounded border border-line text-control">
          {notes.map(({ of, text }) => (
            <div key={of} className="flex gap-3 px-2.75 py-1.5">
              <dt className="w-16 shrink-0 truncate text-xs leading-5 text-ink-2" title={names[of]}>
                {names[of]}
              </dt>
              <dd className="line-clamp-3 min-w-0 wrap-anywhere">{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
