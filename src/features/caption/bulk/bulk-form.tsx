import { useCallback } from "react";
import { useStore } from "zustand";
import type { Field } from "#src/domain/field.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { createSheetView, useOpenSheet } from "#src/state/sheet/use-sheet.ts";
import { Choice } from "#src/ui/choice.tsx";
import { controlLook, Field as Labelled } from "#src/ui/field.tsx";
import type { BulkScope } from "./bulk-texts.ts";
import type { LetterCase, TextEdit } from "./text-edits.ts";

export type EditKind = TextEdit["kind"];

/** What is filled in, of every kind of edit. */
interface BulkForm {
  kind: EditKind;
  edits: { [Kind in EditKind]: Extract<TextEdit, { kind: Kind }> };
  /** The fields that are edited; null for the one that keys act on. */
  fieldIds: readonly string[] | null;
}

const EMPTY: BulkForm = {
  kind: "replace",
  edits: {
    replace: {
      kind: "replace",
      find: "",
      with: "",
      wholeWord: false,
      matchCase: false,
      keepsCapital: true,
      isPattern: false,
    },
    around: { kind: "around", prefix: "", suffix: "", anywhere: false },
    trim: { kind: "trim" },
    case: { kind: "case", to: "sentence" },
    clean: { kind: "clean", quotes: true, spaces: true, lines: false },
  },
  fieldIds: null,
};

// As long as the sheet is open, so that a dialog that was closed by mistake opens as it was.
const bulkForm = createSheetView<BulkForm>(EMPTY);

/** What was filled in last on this sheet, and what changes it. */
export function useBulkForm() {
  const form = bulkForm(useOpenSheet());
  const begin = useCallback(
    (search: string) =>
      form.setState((state) => {
        const { replace } = state.edits;
        const find = replace.find === "" ? search.replaceAll('"', "").trim() : replace.find;
        return { edits: { ...state.edits, replace: { ...replace, find } } };
      }),
    [form],
  );
  const { kind, edits, fieldIds } = useStore(form);
  return {
    kind,
    edit: edits[kind],
    edits,
    fieldIds,
    /** Looks for what is searched for on the sheet, if nothing is filled in yet. */
    begin,
    setKind: (next: EditKind) => form.setState({ kind: next }),
    setFieldIds: (next: readonly string[]) => form.setState({ fieldIds: next }),
    change: <Kind extends EditKind>(of: Kind, changed: Partial<BulkForm["edits"][Kind]>) =>
      form.setState((state) => ({
        edits: { ...state.edits, [of]: { ...state.edits[of], ...changed } },
      })),
  };
}

export const EDIT_KINDS: readonly { kind: EditKind; label: string }[] = [
  { kind: "replace", label: "Find and replace" },
  { kind: "around", label: "Prefix, suffix" },
  { kind: "trim", label: "Trim to limit" },
  { kind: "case", label: "Case" },
  { kind: "clean", label: "Clean up" },
];

interface EditFormProps {
  form: ReturnType<typeof useBulkForm>;
  /** Why the pattern does nothing. */
  error: string | null;
  fields: readonly Field[];
}

/** What there is to fill in for one kind of edit. */
export function EditForm({ form, error, fields }: EditFormProps) {
  switch (form.kind) {
    case "replace":
      return <ReplaceForm form={form} error={error} />;
    case "around":
      return <AroundForm form={form} />;
    case "trim":
      return <p className="text-xs text-pretty text-ink-2">{trimWords(fields)}</p>;
    case "case":
      return <CaseForm form={form} />;
    case "clean":
      return <CleanForm form={form} />;
  }
}

type FormPart = Pick<EditFormProps, "form">;

function ReplaceForm({ form, error }: FormPart & Pick<EditFormProps, "error">) {
  const { replace } = form.edits;
  const change = (changed: Partial<typeof replace>) => form.change("replace", changed);
  return (
    <>
      <Labelled label="Find" error={error}>
        {(control) => (
          <input
            {...control}
            dir="auto"
            className={`${controlLook} ${replace.isPattern ? "font-mono" : ""}`}
            value={replace.find}
            spellCheck={!replace.isPattern}
            onFocus={({ target }) => target.select()}
            onChange={({ target }) => change({ find: target.value })}
          />
        )}
      </Labelled>
      <Labelled
        label="Replace with"
        hint={
          replace.isPattern
            ? "$1 or $<name> is what a group found, $& all of it, \\n a new line."
            : undefined
        }
      >
        {(control) => (
          <input
            {...control}
            dir="auto"
            className={`${controlLook} ${replace.isPattern ? "font-mono" : ""}`}
            value={replace.with}
            onChange={({ target }) => change({ with: target.value })}
          />
        )}
      </Labelled>
      <div className="space-y-1.5">
        <Choice
          type="checkbox"
          label="Whole words"
          checked={replace.wholeWord}
          onChange={({ target }) => change({ wholeWord: target.checked })}
        />
        <Choice
          type="checkbox"
          label="Match case"
          checked={replace.matchCase}
          onChange={({ target }) => change({ matchCase: target.checked })}
        />
        {!replace.isPattern && !replace.matchCase && (
          <Choice
            type="checkbox"
            label="Keep a capital first letter"
            checked={replace.keepsCapital}
            onChange={({ target }) => change({ keepsCapital: target.checked })}
          />
        )}
        <Choice
          type="checkbox"
          label="Regular expression"
          checked={replace.isPattern}
          onChange={({ target }) => change({ isPattern: target.checked })}
        />
      </div>
    </>
  );
}

function AroundForm({ form }: FormPart) {
  const { around } = form.edits;
  const change = (changed: Partial<typeof around>) => form.change("around", changed);
  return (
    <>
      <Labelled
        label="Put before each text"
        hint="A trigger word, for instance. It is not put twice."
      >
        {(control) => (
          <input
            {...control}
            dir="auto"
            className={controlLook}
            value={around.prefix}
            onChange={({ target }) => change({ prefix: target.value })}
          />
        )}
      </Labelled>
      <Labelled label="Put after each text">
        {(control) => (
          <input
            {...control}
            dir="auto"
            className={controlLook}
            value={around.suffix}
            onChange={({ target }) => change({ suffix: target.value })}
          />
        )}
      </Labelled>
      <Choice
        type="checkbox"
        label="Leave texts that say it anywhere"
        checked={around.anywhere}
        onChange={({ target }) => change({ anywhere: target.checked })}
      />
    </>
  );
}

function trimWords(fields: readonly Field[]): string {
  const limited = fields.filter(({ limit }) => limit !== null);
  if (limited.length === 0)
    return fields.length === 1
      ? `${fields[0]?.name ?? "This field"} has no limit. Set a length beside its prompt.`
      : "These fields have no limit. Set a length beside their prompts.";
  const limits = limited.map(({ name, limit }) => `${name} ${limit?.most} ${limit?.unit}`);
  return `Texts over their limit (${limits.join(", ")}) end with the last sentence that fits or, if none does, with the last word. Tags stay whole.`;
}

const CASES: readonly { to: LetterCase; label: string; hint: string }[] = [
  { to: "sentence", label: "Sentence case", hint: "A red boat. It is old." },
  { to: "lower", label: "lower case", hint: "a red boat. it is old." },
  { to: "upper", label: "UPPER CASE", hint: "A RED BOAT. IT IS OLD." },
  { to: "title", label: "Title Case", hint: "A Red Boat in the Harbour" },
];

function CaseForm({ form }: FormPart) {
  return (
    <fieldset className="space-y-1.5">
      <legend className="mb-1.5 text-xs font-semibold text-ink-2">Letters</legend>
      {CASES.map(({ to, label, hint }) => (
        <Choice
          key={to}
          type="radio"
          name="letters"
          label={label}
          hint={hint}
          checked={form.edits.case.to === to}
          onChange={() => form.change("case", { to })}
        />
      ))}
    </fieldset>
  );
}

function CleanForm({ form }: FormPart) {
  const { clean } = form.edits;
  const change = (changed: Partial<typeof clean>) => form.change("clean", changed);
  return (
    <div className="space-y-1.5">
      <Choice
        type="checkbox"
        label="Quotation marks around the text"
        checked={clean.quotes}
        onChange={({ target }) => change({ quotes: target.checked })}
      />
      <Choice
        type="checkbox"
        label="Spaces: several in a row, before and after"
        checked={clean.spaces}
        onChange={({ target }) => change({ spaces: target.checked })}
      />
      <Choice
        type="checkbox"
        label="Line breaks: a space instead"
        checked={clean.lines}
        onChange={({ target }) => change({ lines: target.checked })}
      />
    </div>
  );
}

interface FieldChoiceProps {
  fields: readonly Field[];
  chosen: readonly Field[];
  onChange: (fieldIds: readonly string[]) => void;
}

/** Which fields are edited; at least one. Nothing if there is only one to choose. */
export function FieldChoice({ fields, chosen, onChange }: FieldChoiceProps) {
  if (fields.length < 2) return null;
  return (
    <fieldset>
      <legend className="mb-1.5 text-xs font-semibold text-ink-2">Fields</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1.5">
        {fields.map((field) => {
          const isChosen = chosen.includes(field);
          return (
            <Choice
              key={field.id}
              type="checkbox"
              label={field.name}
              checked={isChosen}
              onChange={() => {
                const next = fields.filter((one) =>
                  one === field ? !isChosen : chosen.includes(one),
                );
                if (next.length > 0) onChange(next.map(({ id }) => id));
              }}
            />
          );
        })}
      </div>
    </fieldset>
  );
}

interface ScopeChoiceProps {
  scope: BulkScope;
  /** Images. Null for a scope that is not offered. */
  counts: Readonly<Record<BulkScope, number | null>>;
  onChange: (scope: BulkScope) => void;
}

const SCOPES: readonly { scope: BulkScope; label: string }[] = [
  { scope: "all", label: "All" },
  { scope: "selected", label: "Selected" },
  { scope: "shown", label: "Shown" },
];

/** Whose texts are edited. */
export function ScopeChoice({ scope, counts, onChange }: ScopeChoiceProps) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-xs font-semibold text-ink-2">Scope</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1.5">
        {SCOPES.map(({ scope: one, label }) => {
          const count = counts[one];
          return count === null ? null : (
            <Choice
              key={one}
              type="radio"
              name="scope"
              label={`${label} ${grouped(count)}`}
              aria-label={`${label}: ${counted(count, "image")}`}
              checked={scope === one}
              onChange={() => onChange(one)}
            />
          );
        })}
      </div>
    </fieldset>
  );
}
