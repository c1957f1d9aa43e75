import type { Field, FieldId } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { Mark, MarkId, UnwrittenMark } from "#src/domain/mark.ts";
import { captionText, isEdited } from "#src/domain/shown-answer.ts";
import { hasEnded, type Task } from "#src/domain/task.ts";
import type { PlacedText, StandingBy } from "#src/imports/place-texts.ts";
import { counted } from "#src/lib/counted.ts";
import { recordChange, type SheetChanges } from "#src/state/history/changes.ts";
import type { UndoStack } from "#src/state/history/undo-stack.ts";
import { shownTextOf } from "#src/state/sheet/prompt-sent.ts";
import type { SheetStore } from "#src/state/sheet/sheet-store.ts";
import type { CaptionFiles } from "./caption-files.ts";
import type { DropReport } from "./drop-report.ts";

export interface TakenTextsParts {
  sheetStore: SheetStore;
  changes: Pick<SheetChanges, "apply">;
  undo: UndoStack;
  now: () => number;
  newId: () => string;
}

/** A text that is about to be taken. */
export interface Take {
  imageId: ImageId;
  placed: PlacedText;
  /** True if the user has yet to decide whether it is the one. */
  isProvisional?: boolean;
}

interface Changed {
  adds: Mark[];
  removes: readonly Mark[];
}

/** The texts that one drop puts onto the sheet, beside what stands there, and the changes that take them back. */
export class TakenTexts {
  readonly #parts: TakenTextsParts;
  readonly #fileOf: CaptionFiles["fileOf"];
  #marks: Mark[] = [];
  /** Those of the marks that no change in the history is made of yet, and what they took off the sheet. */
  #unrecorded: Changed = { adds: [], removes: [] };
  /** Where the text of each mark came from. */
  readonly #sources = new Map<MarkId, string>();
  /** Texts that stand only until the user has decided, so that no run asks for what may be there. */
  readonly #provisional = new Set<MarkId>();

  constructor(parts: TakenTextsParts, fileOf: CaptionFiles["fileOf"]) {
    this.#parts = parts;
    this.#fileOf = fileOf;
  }

  /** Notes marks that were written. */
  noteKept(marks: readonly Mark[]): void {
    for (const mark of marks) {
      this.#marks.push(mark);
      this.#unrecorded.adds.push(mark);
    }
  }

  /** What stands in a field that a text is to come into; null if nothing does. */
  standing(imageId: ImageId, field: Field): { text: string; by: StandingBy } | null {
    const shown = this.#shownOf(imageId, field);
    const text = captionText(shown);
    // An answer of nothing, words that were cleared, or what is only suggested, stand in nobody's way.
    if (text === null || text.trim() === "" || this.provisionalIn(imageId, field) !== null)
      return null;
    const by = isEdited(shown) ? "person" : shown.existing !== null ? "existing" : "model";
    return { text, by };
  }

  /** The text of a field that stands only until the user decides. */
  provisionalIn(imageId: ImageId, field: Field): Mark | null {
    const { existing } = this.#shownOf(imageId, field);
    return existing !== null && this.#provisional.has(existing.id) ? existing : null;
  }

  #shownOf(imageId: ImageId, field: Field) {
    const { tasks, marks } = this.#state;
    return shownTextOf(field, tasks.get(imageId) ?? [], marks.get(imageId) ?? []);
  }

  /** A mark, yet to be written, for a text that is taken. */
  markOf({ imageId, placed, isProvisional = false }: Take): UnwrittenMark {
    const { sheet, tasks } = this.#state;
    const { fieldId, text, from } = placed;
    const field = sheet.fields.find(({ id }) => id === fieldId);
    const shown = field === undefined ? null : this.#shownOf(imageId, field);
    const id = this.#parts.newId();
    if (isProvisional) this.#provisional.add(id);
    const seen = shown?.answered === null || shown === null ? [] : [shown.answered.taskUuid];
    // The answer to a question that is out is no reason to hide a text that came after it.
    const open = (tasks.get(imageId) ?? []).filter((task) => mayYetAnswer(task, fieldId));
    this.#sources.set(id, `${this.#fileOf(from) ?? `the picture of ${imageId}`}`);
    return {
      id,
      sheetId: sheet.id,
      seq: null,
      imageId,
      value: { kind: "existing", fieldId, text, from },
      shown: [...seen, ...open.map(({ taskUuid }) => taskUuid)],
      replaces: (shown?.edit ?? shown?.existing)?.id ?? null,
      note: null,
      by: null,
      at: this.#parts.now(),
      secondsTaken: null,
      sample: null,
      deletedAt: null,
    };
  }

  /** Writes what is taken, and takes off the sheet what is refused. Rejects with storage’s FailureError. */
  async take(takes: readonly Take[], refused: readonly Mark[] = []): Promise<void> {
    if (takes.length + refused.length === 0) return;
    const marks = takes.map((take) => this.markOf(take));
    const { adds } = await this.#parts.changes.apply({
      adds: { marks },
      removes: { marks: refused },
    });
    this.noteKept(adds?.marks ?? []);
    const gone = new Set(refused.map(({ id }) => id));
    this.#marks = this.#marks.filter(({ id }) => !gone.has(id));
    this.#unrecorded = { ...this.#unrecorded, removes: refused };
  }

  /** What stood until the user decided is as good as any text by now, but for these images. */
  decide(undecided: ReadonlySet<ImageId>): void {
    for (const { id, imageId } of this.#marks)
      if (!undecided.has(imageId)) this.#provisional.delete(id);
  }

  /** Makes one change of all that was taken since the last, which can be taken back. */
  record(): void {
    const { adds, removes } = this.#unrecorded;
    if (adds.length + removes.length === 0) return;
    this.#unrecorded = { adds: [], removes: [] };
    const { changes, undo } = this.#parts;
    const label =
      adds.length === 0
        ? `leaving out ${counted(removes.length, "caption")}`
        : `taking ${counted(adds.length, "caption")} from ${counted(this.#filesOf(adds), "file")}`;
    recordChange(
      undo,
      { adds: { marks: adds }, removes: { marks: removes } },
      { label, sheetId: this.#state.sheet.id, make: (diff) => changes.apply(diff) },
    );
  }

  /** How many texts of the drop are on the sheet, and from how many files. */
  taken(): DropReport["taken"] {
    const replaced = new Set(this.#marks.map(({ replaces }) => replaces));
    const marks = this.#marks.filter(({ id }) => !replaced.has(id));
    return { texts: marks.length, files: this.#filesOf(marks) };
  }

  /** How many files, pictures included, these texts came from. */
  #filesOf(marks: readonly Mark[]): number {
    return new Set(marks.map(({ id }) => this.#sources.get(id))).size;
  }

  get #state() {
    return this.#parts.sheetStore.store.getState();
  }
}

/** Whether a mark is this very text from a file. */
export function saysSo({ value }: Mark, { text, from }: PlacedText): boolean {
  return value.kind === "existing" && value.text === text && value.from.name === from.name;
}

/** Whether the answer to a question that is out, or whose fate is open, may come to show in a field. */
function mayYetAnswer(task: Task, fieldId: FieldId): boolean {
  const isOpen = task.state.phase === "unsettled" || !hasEnded(task);
  return isOpen && (task.askedBy !== "caption" || task.fieldId === fieldId);
}
