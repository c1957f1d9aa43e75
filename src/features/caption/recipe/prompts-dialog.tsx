import { ArrowDown, ArrowUp, Copy, Trash2 } from "lucide-react";
import { useState } from "react";
import { MOST_PROMPT_CHARACTERS } from "#src/catalog/presets.ts";
import type { Field, FieldLimit } from "#src/domain/field.ts";
import {
  MOST_PROMPT_NAME_CHARACTERS,
  MOST_PROMPT_NOTE_CHARACTERS,
  type SavedPrompt,
} from "#src/domain/saved-prompt.ts";
import { fieldOf, useCaptionView } from "#src/features/caption/view-state.ts";
import { counted } from "#src/lib/counted.ts";
import { shortened } from "#src/lib/shortened.ts";
import { report } from "#src/sheet/tell.ts";
import { libraryOf, type PromptLibrary } from "#src/state/prompt-library.ts";
import { useServices } from "#src/state/services.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button, IconButton } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { controlLook, Field as Labelled } from "#src/ui/field.tsx";
import { download } from "#src/ui/save-target.ts";
import { showToast } from "#src/ui/toasts.ts";
import { LimitField } from "./answer-form.tsx";
import { usePrompts } from "./asking.tsx";
import { choosePrompt, isOurs } from "./choose-prompt.ts";
import { KindField } from "./field-dialog.tsx";

/** What is being written in the form: a new prompt, or one of the library. */
interface Writing {
  id: string | null;
  name: string;
  text: string;
  note: string;
  kind: Field["kind"];
  limit: FieldLimit | null;
}

/** The library of the user’s own prompts on this device. */
export function PromptsDialog({ onClose }: { onClose: () => void }) {
  const open = useOpenSheet();
  const library = libraryOf(useServices().sheets);
  const prompts = usePrompts();
  const fieldId = useCaptionView((state) => state.fieldId);
  const field = useSheet((state) => fieldOf({ fieldId }, state.sheet.fields));
  const text = field.recipe.prompt ?? "";
  const isKnown = prompts.some((prompt) => !prompt.isUnsaved && prompt.text === text);
  const { kind, limit } = field;
  const [writing, setWriting] = useState<Writing | null>(null);
  const own = prompts.filter(({ isUnsaved }) => !isUnsaved);
  const unsaved = prompts.filter(({ isUnsaved }) => isUnsaved);
  const use = (prompt: SavedPrompt) => {
    report(choosePrompt({ open, library }, field, prompt));
    onClose();
  };
  if (writing !== null)
    return (
      <PromptForm
        writing={writing}
        library={library}
        onChange={setWriting}
        onDone={() => setWriting(null)}
      />
    );
  return (
    <Dialog
      title="Your prompts"
      width="wide"
      onClose={onClose}
      footer={
        <>
          <span className="mr-auto flex gap-1">
            <FileButton library={library} />
            <Button
              disabled={own.length === 0}
              onClick={() => download(library.fileText(), "prompts.json", "application/json")}
            >
              Export
            </Button>
          </span>
          <Button
            look="strong"
            onClick={() =>
              setWriting({ id: null, name: "", text: isKnown ? "" : text, note: "", kind, limit })
            }
          >
            {isKnown || text === "" || isOurs(text) ? "New prompt" : "Save the current prompt"}
          </Button>
        </>
      }
    >
      {own.length === 0 && (
        <p className="mb-4 text-pretty text-ink-2">
          Nothing is saved yet. Prompts that you save here are kept on this device, for every sheet.
        </p>
      )}
      <ol className="divide-y divide-line">
        {own.map((prompt, index) => (
          <PromptRow
            key={prompt.id}
            prompt={prompt}
            library={library}
            isFirst={index === 0}
            isLast={index === own.length - 1}
            onUse={() => use(prompt)}
            onChange={() => setWriting(prompt)}
          />
        ))}
      </ol>
      {unsaved.length > 0 && (
        <>
          <h3 className="mt-5 mb-1 text-xs font-semibold text-ink-2">Used before, not saved</h3>
          <ul className="divide-y divide-line">
            {unsaved.map((prompt) => (
              <li key={prompt.id} className="flex items-center gap-2 py-2">
                <p dir="auto" className="line-clamp-2 min-w-0 flex-1 text-control wrap-anywhere">
                  {prompt.text}
                </p>
                <Button look="mini" onClick={() => use(prompt)}>
                  Use
                </Button>
                <Button look="mini" onClick={() => setWriting(prompt)}>
                  Save…
                </Button>
                <IconButton
                  label={`Remove “${shortened(prompt.text, 40)}”`}
                  onClick={() => report(library.remove(prompt.id))}
                >
                  <Trash2 size={15} />
                </IconButton>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

interface PromptRowProps {
  prompt: SavedPrompt;
  library: PromptLibrary;
  isFirst: boolean;
  isLast: boolean;
  onUse: () => void;
  onChange: () => void;
}

function PromptRow({ prompt, library, isFirst, isLast, onUse, onChange }: PromptRowProps) {
  const { id, name, note, text } = prompt;
  return (
    <li className="flex flex-wrap items-center gap-x-1 gap-y-1 py-2.5">
      <div className="min-w-48 flex-1">
        <p className="font-medium wrap-anywhere">
          {name}
          <span className="text-xs font-normal text-ink-2">{aboutText(prompt)}</span>
        </p>
        <p dir="auto" className="line-clamp-2 text-control text-ink-2 wrap-anywhere">
          {note === "" ? text : note}
        </p>
      </div>
      <span className="flex items-center">
        <Button look="mini" aria-label={`Use ${name}`} onClick={onUse}>
          Use
        </Button>
        <Button look="mini" aria-label={`Change ${name}`} onClick={onChange}>
          Change
        </Button>
        <IconButton
          label={`Move ${name} up`}
          disabled={isFirst}
          onClick={() => report(library.move(id, -1))}
        >
          <ArrowUp size={15} />
        </IconButton>
        <IconButton
          label={`Move ${name} down`}
          disabled={isLast}
          onClick={() => report(library.move(id, 1))}
        >
          <ArrowDown size={15} />
        </IconButton>
        <IconButton label={`Duplicate ${name}`} onClick={() => report(library.duplicate(id))}>
          <Copy size={15} />
        </IconButton>
        <IconButton label={`Remove ${name}`} onClick={() => report(library.remove(id))}>
          <Trash2 size={15} />
        </IconButton>
      </span>
    </li>
  );
}

function aboutText({ limit }: SavedPrompt): string {
  return limit === null ? "" : ` · at most ${limit.most} ${limit.unit}`;
}

function FileButton({ library }: { library: PromptLibrary }) {
  const bringIn = async (file: File): Promise<void> => {
    const brought = await library.bringIn(await file.text());
    const said =
      brought === null
        ? { text: `${file.name} holds no prompts of this app.`, tone: "warn" as const }
        : {
            text: [
              `${counted(brought.added, "prompt")} added.`,
              brought.known > 0 ? `${brought.known} you have already.` : "",
              brought.leftOut > 0
                ? `${counted(brought.leftOut, "entry", "entries")} left out.`
                : "",
            ]
              .filter((part) => part !== "")
              .join(" "),
          };
    showToast({ ...said, kind: "prompts" });
  };
  return (
    <label className="inline-flex cursor-pointer items-center rounded border border-line-2 bg-sheet px-2.75 py-1.25 text-control hover:bg-paper has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus pointer-coarse:min-h-10">
      Import
      <input
        type="file"
        accept=".json,application/json"
        className="sr-only"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) report(bringIn(file));
          event.target.value = "";
        }}
      />
    </label>
  );
}

interface PromptFormProps {
  writing: Writing;
  library: PromptLibrary;
  onChange: (writing: Writing) => void;
  onDone: () => void;
}

function PromptForm({ writing, library, onChange, onDone }: PromptFormProps) {
  const { id, name, text, note } = writing;
  const save = async (): Promise<void> => {
    await library.save(writing, id ?? undefined);
    onDone();
  };
  return (
    <Dialog
      title={id === null || name === "" ? "Save a prompt" : "Change a prompt"}
      width="wide"
      onClose={onDone}
      footer={
        <>
          <Button onClick={onDone}>Cancel</Button>
          <Button
            look="strong"
            disabled={name.trim() === "" || text.trim() === ""}
            onClick={() => report(save())}
          >
            Save
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <Labelled label="Name">
          {(control) => (
            <input
              {...control}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form begins with its name
              autoFocus
              className={controlLook}
              value={name}
              maxLength={MOST_PROMPT_NAME_CHARACTERS}
              onChange={(event) => onChange({ ...writing, name: event.target.value })}
            />
          )}
        </Labelled>
        <Labelled label="Text">
          {(control) => (
            <textarea
              {...control}
              className={`${controlLook} field-sizing-content max-h-72 min-h-26`}
              value={text}
              maxLength={MOST_PROMPT_CHARACTERS}
              onChange={(event) => onChange({ ...writing, text: event.target.value })}
            />
          )}
        </Labelled>
        <Labelled label="Note" hint="What it is for; shown in the list instead of its text">
          {(control) => (
            <input
              {...control}
              className={controlLook}
              value={note}
              maxLength={MOST_PROMPT_NOTE_CHARACTERS}
              onChange={(event) => onChange({ ...writing, note: event.target.value })}
            />
          )}
        </Labelled>
        <div className="grid gap-x-2.5 gap-y-4 sm:grid-cols-2">
          <KindField kind={writing.kind} onChange={(kind) => onChange({ ...writing, kind })} />
          <LimitField limit={writing.limit} onChange={(limit) => onChange({ ...writing, limit })} />
        </div>
        <p className="text-xs text-ink-2">
          Choosing the prompt sets its kind and, if it has one, its length.
        </p>
      </div>
    </Dialog>
  );
}
