import { FIELD_PRESETS, fieldFromPreset } from "#src/catalog/field-presets.ts";
import type { Field, FieldId } from "#src/domain/field.ts";
import { type ImageId, imageName, pictureHashOf, type SheetImage } from "#src/domain/image.ts";
import type { Mark, UnwrittenMark } from "#src/domain/mark.ts";
import type { PreparedPicture } from "#src/domain/picture.ts";
import { captionText } from "#src/domain/shown-answer.ts";
import type { CaptionConflict, MissingTexts } from "#src/imports/caption-report.ts";
import { matchCaptions, type CaptionedImage } from "#src/imports/match-captions.ts";
import {
  entryOfPicture,
  type MissingField,
  type PlacedText,
  placeTexts,
  settleTexts,
  type StandingBy,
} from "#src/imports/place-texts.ts";
import type { CaptionEntry } from "#src/imports/read-caption-file.ts";
import { counted } from "#src/lib/counted.ts";
import { inSlices } from "#src/lib/in-slices.ts";
import { recordChange, type SheetChanges } from "#src/state/history/changes.ts";
import type { UndoStack } from "#src/state/history/undo-stack.ts";
import { shownTextOf } from "#src/state/sheet/prompt-sent.ts";
import type { SheetStore } from "#src/state/sheet/sheet-store.ts";
import {
  type CaptionFiles,
  notesOf,
  type OfferedCaptions,
  readCaptionFiles,
} from "./caption-files.ts";
import type { DropNote, DropReport } from "./drop-report.ts";

interface CaptionDropParts {
  sheetStore: SheetStore;
  changes: Pick<SheetChanges, "apply">;
  undo: UndoStack;
  now: () => number;
  newId: () => string;
}

/** A text that is about to be taken. */
interface Take {
  imageId: ImageId;
  placed: PlacedText;
}

// What came with a drop is settled even if the rest of the drop is called off.
const UNENDED = new AbortController().signal;

/**
 * The texts that come with one drop: from caption files, and from the pictures' own metadata. What is clear is taken as its
 * image is kept, so that no run asks for it; what differs waits for the user. One undo takes all of it back.
 */
export class CaptionDrop {
  readonly #parts: CaptionDropParts;
  readonly #files: readonly OfferedCaptions[];
  readonly #newIds: ReadonlySet<ImageId>;
  readonly #matched: Promise<void>;
  /** What files say about each image. */
  readonly #entries = new Map<ImageId, readonly CaptionEntry[]>();
  /** Those that found no image, and may find one by its bytes once all are known. */
  #astray: readonly CaptionEntry[] = [];
  /** Images whose texts are settled once the drop is through. */
  readonly #later = new Set<ImageId>();
  readonly #marks: Mark[] = [];
  /** Where the text of each mark came from. */
  readonly #sources = new Map<Mark["id"], string>();
  #fileOf: CaptionFiles["fileOf"] = () => null;
  /** By the field's name: images with texts for a field that the sheet lacks. */
  readonly #homeless = new Map<string, { field: MissingField; imageIds: Set<ImageId> }>();
  /** By the file’s name: the texts that were left out, by image and field. */
  readonly #simulated = new Map<string, Set<string>>();
  #report: DropReport;

  /** @param images those of the drop, which are shown by now */
  constructor(
    parts: CaptionDropParts,
    { files, images }: { files: readonly OfferedCaptions[]; images: readonly SheetImage[] },
  ) {
    this.#parts = parts;
    this.#files = files;
    this.#newIds = new Set(images.map(({ id }) => id));
    this.#report = {
      id: parts.newId(),
      files: files.length,
      isUnderWay: true,
      taken: { texts: 0, files: 0 },
      notes: [],
      missing: [],
      conflicts: [],
      changed: 0,
      relist: () => undefined,
      settle: (choices) => this.#settle(choices),
      addField: (field) => this.#addField(field),
    };
    if (files.length > 0) this.#tell({});
    this.#matched = files.length === 0 ? Promise.resolve() : this.#readAll();
  }

  /**
   * The marks that an image of the drop begins with. Resolves once every caption file is read. What could be one of several
   * texts is left for the end.
   */
  async marksFor(image: SheetImage, { texts }: PreparedPicture): Promise<UnwrittenMark[]> {
    await this.#matched;
    const entries = [...(this.#entries.get(image.id) ?? []), ...entryOfPicture(texts)];
    if (entries.length === 0) return [];
    this.#entries.set(image.id, entries);
    const { takes, conflicts } = this.#settleImage(image.id);
    if (conflicts.length > 0) this.#later.add(image.id);
    return takes.map((take) => this.#markOf(take));
  }

  /** Notes the marks of an image that was kept. */
  noteKept(marks: readonly Mark[]): void {
    for (const mark of marks) this.#marks.push(mark);
  }

  /** What came with an image of the drop is about this one, which was there before and stands for it. */
  async moveTo(
    imageId: ImageId,
    from: ImageId,
    texts: PreparedPicture["texts"] = [],
  ): Promise<void> {
    await this.#matched;
    const entries = [...(this.#entries.get(from) ?? []), ...entryOfPicture(texts)];
    this.#entries.delete(from);
    if (entries.length === 0) return;
    this.#entries.set(imageId, [...(this.#entries.get(imageId) ?? []), ...entries]);
    this.#later.add(imageId);
  }

  /** Settles what is left, once all pictures of the drop are prepared. Rejects if it can't be written. */
  async end(): Promise<void> {
    try {
      await this.#matched;
      this.#parts.sheetStore.flush();
      await this.#findByBytes();
      const { images } = this.#state;
      const gone: CaptionEntry[] = [];
      for (const id of this.#entries.keys()) {
        if (!images.has(id)) gone.push(...this.#forgetImage(id));
        else if (!this.#newIds.has(id)) this.#later.add(id);
      }
      this.#note(notesOf(gone, "without-picture", this.#fileOf));
      const takes: Take[] = [];
      const conflicts: CaptionConflict[] = [];
      await inSlices(this.#settleLater(takes, conflicts), UNENDED);
      await this.#take(takes);
      this.#note(notesOf(this.#astray, "unmatched", this.#fileOf));
      this.#note(this.#simulatedNotes());
      const frameOf = ({ imageId }: CaptionConflict) => images.get(imageId)?.frame ?? 0;
      this.#tell({
        isUnderWay: false,
        conflicts: conflicts.toSorted((a, b) => frameOf(a) - frameOf(b)),
        missing: this.#missing(),
        taken: this.#taken(),
      });
      if (conflicts.length === 0) this.#record();
    } catch (error) {
      this.#tell({ isUnderWay: false });
      throw error;
    }
  }

  get #state() {
    return this.#parts.sheetStore.store.getState();
  }

  /** Never rejects: the pictures of a drop are kept whatever its captions are. */
  async #readAll(): Promise<void> {
    try {
      await this.#read();
    } catch {
      this.#note(this.#files.map(({ file: { name } }) => ({ name, why: { kind: "unreadable" } })));
    }
  }

  async #read(): Promise<void> {
    const fieldNames = this.#state.sheet.fields.map(({ name }) => name);
    const read = await readCaptionFiles(this.#files, fieldNames, UNENDED);
    this.#fileOf = read.fileOf;
    this.#note(read.notes);
    const { byImage, unmatched, ambiguous } = await inSlices(
      matchCaptions(read.entries, this.#candidates()),
      UNENDED,
    );
    for (const [id, entries] of byImage) this.#entries.set(id, entries);
    this.#astray = [...unmatched, ...ambiguous];
  }

  #candidates(): CaptionedImage[] {
    return [...this.#state.images.values()].map((image) => ({
      id: image.id,
      folder: image.source.kind === "file" ? image.source.folder : "",
      name: imageName(image),
      hash: pictureHashOf(image),
      isNew: this.#newIds.has(image.id),
    }));
  }

  async #findByBytes(): Promise<void> {
    if (this.#astray.length === 0) return;
    const { byImage, unmatched, ambiguous } = await inSlices(
      matchCaptions(this.#astray, this.#candidates()),
      UNENDED,
    );
    for (const [id, entries] of byImage) {
      this.#entries.set(id, [...(this.#entries.get(id) ?? []), ...entries]);
      this.#later.add(id);
    }
    this.#note(notesOf(ambiguous, "ambiguous", this.#fileOf));
    this.#astray = unmatched;
  }

  /** Its picture was not taken, or is gone. */
  #forgetImage(id: ImageId): CaptionEntry[] {
    const entries = this.#entries.get(id) ?? [];
    this.#entries.delete(id);
    this.#later.delete(id);
    return entries.filter(({ from }) => from.kind !== "picture");
  }

  *#settleLater(takes: Take[], conflicts: CaptionConflict[]): Generator<undefined, void> {
    for (const id of this.#later) {
      const settled = this.#settleImage(id);
      for (const take of settled.takes) takes.push(take);
      for (const conflict of settled.conflicts) conflicts.push(conflict);
      yield undefined;
    }
  }

  /** What becomes of the texts that came for one image. */
  #settleImage(imageId: ImageId): { takes: Take[]; conflicts: CaptionConflict[] } {
    const { fields } = this.#state.sheet;
    const { placed, homeless } = placeTexts(this.#entries.get(imageId) ?? [], fields);
    for (const { field } of homeless) {
      const known = this.#homeless.get(field.name) ?? { field, imageIds: new Set() };
      known.imageIds.add(imageId);
      this.#homeless.set(field.name, known);
    }
    const takes: Take[] = [];
    const conflicts: CaptionConflict[] = [];
    for (const field of fields) {
      const own = placed.filter(({ fieldId }) => fieldId === field.id);
      if (own.length === 0) continue;
      const { take, conflict, simulated } = settleTexts(own, this.#standing(imageId, field));
      if (take !== null) takes.push({ imageId, placed: take });
      if (conflict !== null) conflicts.push({ imageId, fieldId: field.id, ...conflict });
      const madeUp = simulated > 0 ? own.find(({ isSimulated }) => isSimulated) : undefined;
      if (madeUp !== undefined) {
        const { name } = madeUp.from;
        const known = this.#simulated.get(name) ?? new Set();
        this.#simulated.set(name, known.add(`${imageId} ${field.id}`));
      }
    }
    return { takes, conflicts };
  }

  #standing(imageId: ImageId, field: Field): { text: string; by: StandingBy } | null {
    const shown = this.#shownOf(imageId, field);
    const text = captionText(shown);
    // An answer of nothing, or words that were cleared, stand in nobody's way.
    if (text === null || text.trim() === "") return null;
    const by = shown.edit !== null ? "person" : shown.existing !== null ? "existing" : "model";
    return { text, by };
  }

  #shownOf(imageId: ImageId, field: Field) {
    const { tasks, marks } = this.#state;
    return shownTextOf(field, tasks.get(imageId) ?? [], marks.get(imageId) ?? []);
  }

  #markOf({ imageId, placed }: Take): UnwrittenMark {
    const { sheet } = this.#state;
    const { fieldId, text, from } = placed;
    const field = sheet.fields.find(({ id }) => id === fieldId);
    const shown = field === undefined ? null : this.#shownOf(imageId, field);
    const id = this.#parts.newId();
    this.#sources.set(id, `${this.#fileOf(from) ?? `the picture of ${imageId}`}`);
    return {
      id,
      sheetId: sheet.id,
      seq: null,
      imageId,
      value: { kind: "existing", fieldId, text, from },
      shown: shown?.answered === null || shown === null ? [] : [shown.answered.taskUuid],
      replaces: (shown?.edit ?? shown?.existing)?.id ?? null,
      note: null,
      by: null,
      at: this.#parts.now(),
      secondsTaken: null,
      sample: null,
      deletedAt: null,
    };
  }

  async #take(takes: readonly Take[]): Promise<void> {
    if (takes.length === 0) return;
    const marks = takes.map((take) => this.#markOf(take));
    const { adds } = await this.#parts.changes.apply({ adds: { marks } });
    this.noteKept(adds?.marks ?? []);
  }

  async #settle(choices: readonly number[] | null): Promise<void> {
    const { conflicts } = this.#report;
    if (conflicts.length === 0) return;
    const takes = conflicts.flatMap(({ imageId, options, wins }, at): Take[] => {
      const option = choices === null ? undefined : options[choices[at] ?? wins];
      return option?.kind === "came" ? [{ imageId, placed: option.placed }] : [];
    });
    // At once, so that a second press takes nothing again.
    this.#tell({ conflicts: [] });
    try {
      await this.#take(takes);
    } catch (error) {
      this.#tell({ conflicts });
      throw error;
    }
    this.#record();
  }

  /** Makes one change of all that was taken, which can be taken back. */
  #record(): void {
    const marks = this.#marks;
    if (marks.length === 0) return;
    const files = this.#filesOf(marks);
    this.#tell({ taken: this.#taken() });
    const { changes, undo } = this.#parts;
    recordChange(
      undo,
      { adds: { marks } },
      {
        label: `taking ${counted(marks.length, "caption")} from ${counted(files, "file")}`,
        sheetId: this.#state.sheet.id,
        make: (diff) => changes.apply(diff),
      },
    );
  }

  #taken(): DropReport["taken"] {
    return { texts: this.#marks.length, files: this.#filesOf(this.#marks) };
  }

  /** How many files, pictures included, these texts came from. */
  #filesOf(marks: readonly Mark[]): number {
    return new Set(marks.map(({ id }) => this.#sources.get(id))).size;
  }

  async #addField(missing: MissingField): Promise<void> {
    const { sheet } = this.#state;
    const [first, ...others] = sheet.fields;
    const preset = FIELD_PRESETS.find(({ id }) => id === missing.presetId);
    const imageIds = this.#homeless.get(missing.name)?.imageIds;
    if (preset === undefined || imageIds === undefined) return;
    const id: FieldId = this.#parts.newId();
    const named = { ...preset, name: missing.name };
    const field = fieldFromPreset(named, { id, like: first, fields: sheet.fields });
    const fields = [first, ...others, field] as const;
    const takes: Take[] = [];
    for (const imageId of imageIds) {
      const placed = placeTexts(this.#entries.get(imageId) ?? [], [first, ...others, field]).placed;
      const { take, conflict } = settleTexts(
        placed.filter(({ fieldId }) => fieldId === id),
        null,
      );
      const option = conflict?.options[conflict.wins];
      const best = take ?? (option?.kind === "came" ? option.placed : null);
      if (best !== null) takes.push({ imageId, placed: best });
    }
    const label = `adding the field ${field.name} with ${counted(takes.length, "text")}`;
    const marks = takes.map((take) => this.#markOf(take));
    await this.#parts.changes.apply(
      { adds: { marks }, settings: { before: { fields: sheet.fields }, after: { fields } } },
      { label },
    );
    this.#homeless.delete(missing.name);
    this.#tell({ missing: this.#missing() });
  }

  #missing(): MissingTexts[] {
    return [...this.#homeless.values()].map(({ field, imageIds }) => ({
      field,
      count: imageIds.size,
    }));
  }

  #simulatedNotes(): DropNote[] {
    return [...this.#simulated].map(([name, { size: count }]) => ({
      name,
      why: { kind: "simulated", count },
    }));
  }

  #note(notes: readonly DropNote[]): void {
    if (notes.length > 0) this.#tell({ notes: [...this.#report.notes, ...notes] });
  }

  #tell(change: Partial<DropReport>): void {
    this.#report = { ...this.#report, ...change };
    const report = this.#report;
    const { notes, missing, conflicts, files, taken } = report;
    // Most pictures come without a word.
    if (files + taken.texts + notes.length + missing.length + conflicts.length === 0) return;
    this.#parts.sheetStore.show({
      intake: (intake) => {
        const isKnown = intake.captions.some(({ id }) => id === report.id);
        return {
          ...intake,
          captions: isKnown
            ? intake.captions.map((other) => (other.id === report.id ? report : other))
            : [...intake.captions, report],
        };
      },
    });
  }
}
