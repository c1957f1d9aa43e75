import { folderOf } from "#src/domain/frame.ts";
import { useState } from "react";
import { LANGUAGES } from "#src/catalog/field-presets.ts";
import { modelById } from "#src/catalog/find-models.ts";
import { type Field, type LengthUnit, withField } from "#src/domain/field.ts";
import { languageName, languageTag } from "#src/domain/language.ts";
import { contextNotes, variablesIn } from "#src/domain/prompt-variables.ts";
import { captionView, useCaptionView } from "#src/features/caption/view-state.ts";
import { classNames } from "#src/lib/class-names.ts";
import { report } from "#src/sheet/tell.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { controlLook, Field as Labelled } from "#src/ui/field.tsx";
import { HEAD, HEADING, LINK, type AskingProps } from "./asking.tsx";

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
        <LimitField
          key={`${field.id} limit`}
          limit={field.limit}
          onChange={(limit) => change({ limit })}
        />
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

interface LimitFieldProps extends Pick<Field, "limit"> {
  onChange: (limit: Field["limit"]) => void;
}

/** The greatest length of a text, in characters, words or tokens. */
export function LimitField({ limit, onChange }: LimitFieldProps) {
  const unit = limit?.unit ?? "characters";
  // While it is being typed it may be no limit at all, or one on the way to another.
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Labelled label="Length, at most">
      {(control) => (
        <span className="grid grid-cols-[minmax(0,1fr)_4.5rem]">
          <input
            {...control}
            type="number"
            inputMode="numeric"
            min={1}
            max={100_000}
            placeholder="any"
            className={classNames(controlLook, "rounded-r-none pr-1")}
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
            className={classNames(controlLook, "rounded-l-none border-l-0 pr-0 pl-1.5")}
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
        <h2 className={HEADING}>Context</h2>
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
