import { frameText } from "#src/domain/frame.ts";
import { Plus } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { FIELD_PRESETS } from "#src/catalog/field-presets.ts";
import { modelById } from "#src/catalog/find-models.ts";
import { PROMPT_PRESETS } from "#src/catalog/presets.ts";
import { type Field, type Fields, withField } from "#src/domain/field.ts";
import { PROMPT_VARIABLES, type PromptVariable } from "#src/domain/prompt-variables.ts";
import type { SavedPrompt } from "#src/domain/saved-prompt.ts";
import { CAPTION_ACTS } from "#src/features/caption/actions.ts";
import { deskOf, useStandings } from "#src/features/caption/desk.ts";
import { captionView, useCaptionView } from "#src/features/caption/view-state.ts";
import { classNames } from "#src/lib/class-names.ts";
import { shortened } from "#src/lib/shortened.ts";
import { report } from "#src/sheet/tell.ts";
import { libraryOf } from "#src/state/prompt-library.ts";
import { useServices } from "#src/state/services.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { Menu, type MenuItem, type MenuTrigger } from "#src/ui/menu.tsx";
import { choosePrompt, isOurs } from "./choose-prompt.ts";
import { grouped } from "#src/lib/counted.ts";

export interface AskingProps {
  /** The field that the panel shows. */
  field: Field;
  fields: Fields;
}

/** The looks of the panel’s headings and of what is done beside them. */
export const LINK =
  "text-xs text-ink-2 underline underline-offset-2 hover:text-ink pointer-coarse:py-2";
export const HEAD = "mb-1.5 flex items-baseline justify-between gap-2";
export const HEADING = "text-xs font-semibold text-ink-2";

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
        <h2 className={HEADING}>Fields</h2>
        <button type="button" className={LINK} onClick={add}>
          Add a field
        </button>
      </div>
      <ul className="-mx-1">
        {fields.map((one) => {
          const counts = byField.get(one.id);
          const isShown = one.id === field.id;
          const wanted = (counts?.total ?? 0) - (counts?.decorative ?? 0) - (counts?.split ?? 0);
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
                <span className="figures text-ink-2" title={`${counts.done} of ${wanted} have it`}>
                  {grouped(counts.done)}/{grouped(wanted)}
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
      trigger={chooserTrigger(promptName(text, own), whose(text, own))}
    />
  );
}

function chooserTrigger(name: string, note: string) {
  return (trigger: MenuTrigger) => (
    <button
      {...trigger}
      type="button"
      className="flex w-full items-baseline gap-2 rounded-t border-b border-line px-2.75 py-1.75 text-left text-control hover:bg-paper pointer-coarse:min-h-10"
    >
      <span className="min-w-0 flex-1 truncate">
        <span className="sr-only">Choose another prompt, now: </span>
        {name}
      </span>
      <span className="text-xs text-ink-2">{note}</span>
    </button>
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
        trigger={variableTrigger}
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
          As sent for {frameText(image)}
        </Button>
      )}
    </div>
  );
}

function variableTrigger(trigger: MenuTrigger) {
  return (
    <Button {...trigger} look="mini">
      <Plus size={13} aria-hidden="true" />
      Variable
    </Button>
  );
}
