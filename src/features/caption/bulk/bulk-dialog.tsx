import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { answersOfModel } from "#src/catalog/find-models.ts";
import type { Field } from "#src/domain/field.ts";
import { deskOf, type Desk } from "#src/features/caption/desk.ts";
import { fieldOf, useCaptionView } from "#src/features/caption/view-state.ts";
import { classNames } from "#src/lib/class-names.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { report } from "#src/sheet/tell.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Dialog } from "#src/ui/dialog.tsx";
import {
  EDIT_KINDS,
  EditForm,
  FieldChoice,
  ScopeChoice,
  useBulkForm,
  type EditKind,
} from "./bulk-form.tsx";
import { createGathering, rowsOf, type BulkScope, type GatheredTexts } from "./bulk-texts.ts";
import { ApplyButtons, ApplyKey } from "./changes-dialog.tsx";
import { ChangesReview } from "./changes-review.tsx";
import { applyChanges, changeKey, type ChangeRow } from "./preview.ts";
import { createBrowserPreviewer, type Previewer, type PreviewOutcome } from "./previewer.ts";
import type { TextEdit } from "./text-edits.ts";

/** Edits many texts at once: what is done, to which of them, and every change before it is made. */
export function BulkDialog({ onClose }: { onClose: () => void }) {
  const open = useOpenSheet();
  const desk = deskOf(open);
  const form = useBulkForm();
  const { scope, setScope, counts } = useScope(desk);
  const fields = useChosenFields(form.fieldIds);
  const preview = usePreview(desk, { edit: form.edit, scope, fields: fields.chosen });
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen =
    left.size === 0 ? preview.rows : preview.rows.filter((row) => !left.has(changeKey(row)));
  const filledIn = useRef<HTMLDivElement>(null);
  const { begin } = form;
  useLayoutEffect(() => {
    // What is searched for is mostly what is to be replaced.
    begin(desk.view.getState().search);
    // The dialog itself has put the focus on its first button.
    filledIn.current?.querySelector("input")?.focus();
  }, [begin, desk]);
  const isReady = !preview.isUnderWay && preview.error === null;
  const apply = () => {
    if (!isReady || chosen.length === 0) return;
    onClose();
    report(applyChanges({ open, standings: desk.standings }, chosen));
  };
  return (
    <Dialog
      title="Edit in bulk"
      width="full"
      onClose={onClose}
      footer={
        <ApplyButtons count={isReady ? chosen.length : 0} onClose={onClose} onApply={apply} />
      }
    >
      <ApplyKey onApply={apply} className="flex flex-col gap-4 md:h-[min(64dvh,34rem)]">
        <KindSwitch kind={form.kind} onChange={form.setKind} />
        <div className="grid min-h-0 flex-1 gap-5 md:grid-cols-[18.5rem_minmax(0,1fr)]">
          <div ref={filledIn} className="-mx-1 space-y-4 px-1 md:overflow-y-auto md:pb-1">
            <EditForm form={form} error={preview.error} fields={fields.chosen} />
            <FieldChoice {...fields} onChange={form.setFieldIds} />
            <ScopeChoice scope={scope} counts={counts} onChange={setScope} />
            <p className="text-xs text-pretty text-ink-2">
              Your words and the models’ alike. What a model answered is kept.
            </p>
          </div>
          <ChangesReview
            heading={headingOf(preview, form.edit)}
            rows={preview.rows}
            left={left}
            onLeave={setLeft}
          />
        </div>
      </ApplyKey>
    </Dialog>
  );
}

function KindSwitch({ kind, onChange }: { kind: EditKind; onChange: (kind: EditKind) => void }) {
  return (
    <div
      role="group" // oxlint-disable-line jsx-a11y/prefer-tag-over-role -- a fieldset groups the fields of a form
      aria-label="Kind of edit"
      className="flex flex-wrap gap-px self-start rounded border border-line-2 p-0.5"
    >
      {EDIT_KINDS.map(({ kind: one, label }) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === kind}
          onClick={() => onChange(one)}
          className={classNames(
            "rounded-[4px] px-2.5 py-1 text-control whitespace-nowrap pointer-coarse:min-h-9",
            one === kind
              ? "bg-paper font-medium inset-ring inset-ring-line-2"
              : "text-ink-2 hover:text-ink",
          )}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

/** The scope that is chosen; at first the narrowest that the user has made. */
function useScope(desk: Desk) {
  const selected = useCaptionView((state) => state.selected.size);
  const [counts] = useState(() => {
    const { total, isNarrowed, counts: listed } = desk.listing();
    return { all: total, selected: selected || null, shown: isNarrowed ? listed.listed : null };
  });
  const [scope, setScope] = useState<BulkScope>(
    counts.selected !== null ? "selected" : counts.shown !== null ? "shown" : "all",
  );
  return { scope, setScope, counts };
}

/** The fields that hold texts, and those of them that are edited. */
function useChosenFields(fieldIds: readonly string[] | null) {
  const all = useSheet((state) => state.sheet.fields);
  const currentId = useCaptionView((state) => state.fieldId);
  return useMemo(() => {
    const fields = all.filter(({ recipe }) => answersOfModel(recipe.modelId) === "text");
    const named = fields.filter(({ id }) => fieldIds?.includes(id));
    const current = fieldOf({ fieldId: currentId }, all);
    const chosen = named.length > 0 ? named : fields.filter((field) => field === current);
    return { fields, chosen: chosen.length > 0 ? chosen : fields.slice(0, 1) };
  }, [all, currentId, fieldIds]);
}

interface Asked {
  edit: TextEdit;
  scope: BulkScope;
  fields: readonly Field[];
}

interface Preview {
  rows: readonly ChangeRow[];
  /** Texts that were looked at. */
  total: number;
  /** Why there is no preview. */
  error: string | null;
}

const NOTHING: Preview = { rows: [], total: 0, error: null };
const TYPED_MS = 120;

/** The preview of an edit, made by a worker a moment after the last letter. */
function usePreview(desk: Desk, { edit, scope, fields }: Asked): Preview & { isUnderWay: boolean } {
  const [made, setMade] = useState<{ of: Asked | null; preview: Preview }>({
    of: null,
    preview: NOTHING,
  });
  const previewer = useRef<Previewer | null>(null);
  const gather = useMemo(() => createGathering(desk), [desk]);
  useEffect(() => () => previewer.current?.end(), []);
  useEffect(() => {
    let isOver = false;
    const timer = setTimeout(() => {
      const texts = gather(scope, fields);
      previewer.current ??= createBrowserPreviewer();
      const show = (outcome: PreviewOutcome) => {
        if (!isOver && outcome.kind !== "replaced")
          setMade({ of: { edit, scope, fields }, preview: shownOf(texts, outcome) });
      };
      report(previewer.current.preview(texts, edit).then(show));
    }, TYPED_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [gather, edit, scope, fields]);
  const { of, preview } = made;
  const isUnderWay = of?.edit !== edit || of.scope !== scope || of.fields !== fields;
  return { ...preview, isUnderWay };
}

function shownOf(
  texts: GatheredTexts,
  outcome: Exclude<PreviewOutcome, { kind: "replaced" }>,
): Preview {
  const shown = { rows: [], total: texts.words.length, error: null };
  switch (outcome.kind) {
    case "done":
      return { ...shown, rows: rowsOf(texts, outcome.changes) };
    case "bad-pattern":
      return { ...shown, error: badPatternText(outcome.why) };
    case "too-slow":
      return { ...shown, error: TOO_SLOW };
    case "lost":
      return { ...shown, error: LOST };
  }
}

const TOO_SLOW =
  "This pattern was stopped after 2 seconds: it tries too many ways to match. Repeats inside repeats, such as (a+)+, do that.";
const LOST = "A part of the app did not load. Close this and try again; what you typed is kept.";

/** "This pattern can’t be read: Unterminated group." Browsers repeat the pattern before the reason. */
function badPatternText(why: string): string {
  const reason = why.slice(why.lastIndexOf(": ") + 1).trim();
  return `This pattern can’t be read${reason === "" ? "" : `: ${reason}`}.`;
}

function headingOf(
  { rows, total, error, isUnderWay }: ReturnType<typeof usePreview>,
  edit: TextEdit,
): string {
  if (error !== null) return "No preview";
  if (isUnderWay && rows.length === 0) return "Looking through the texts…";
  if (total === 0) return "There are no texts here yet";
  if (isBlank(edit)) return `${counted(total, "text")} to look through`;
  if (rows.length === 0) return `None of ${counted(total, "text")} would change`;
  return `${grouped(rows.length)} of ${counted(total, "text")} will change`;
}

function isBlank(edit: TextEdit): boolean {
  if (edit.kind === "replace") return edit.find === "";
  return edit.kind === "around" && edit.prefix.trim() === "" && edit.suffix.trim() === "";
}
