import { FIELD_PRESETS, fieldFromPreset } from "#src/catalog/field-presets.ts";
import type { FieldId, Fields } from "#src/domain/field.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { type ImageId, imageName, type SheetImage } from "#src/domain/image.ts";
import type { Mark, UnwrittenMark } from "#src/domain/mark.ts";
import type { PreparedPicture } from "#src/domain/picture.ts";
import type { CaptionConflict, MissingTexts } from "#src/imports/caption-report.ts";
import { matchCaptions, type CaptionedImage } from "#src/imports/match-captions.ts";
import {
  entryOfPicture,
  type MissingField,
  type PlacedText,
  type PlacedTexts,
  placeTexts,
  settleTexts,
} from "#src/imports/place-texts.ts";
import type { CaptionEntry } from "#src/imports/read-caption-file.ts";
import { counted } from "#src/lib/counted.ts";
import { inSlices } from "#src/lib/in-slices.ts";
import {
  type CaptionFiles,
  notesOf,
  type OfferedCaptions,
  readCaptionFiles,
} from "./caption-files.ts";
import type { DropNote, DropReport } from "./drop-report.ts";
import { saysSo, type Take, TakenTexts, type TakenTextsParts } from "./taken-texts.ts";

/** An image with a text that there is no field for, and the fields that there were. */
type Lacking = readonly [ImageId, Fields];

// What came with a drop is settled even if the rest of the drop is called off.
const UNENDED = new AbortController().signal;

/**
 * The texts that come with one drop: from caption files, and from the pictures' own metadata. What is clear is taken as its
 * image is kept, so that no run asks for it, and of several texts the one that is suggested; what differs waits for the
 * user. One undo takes back what came with the drop, and one more what the user chose.
 */
export class CaptionDrop {
  readonly #parts: TakenTextsParts;
  readonly #files: readonly OfferedCaptions[];
  readonly #texts: TakenTexts;
  readonly #images: readonly SheetImage[];
  readonly #newIds: ReadonlySet<ImageId>;
  readonly #matched: Promise<void>;
  /** What files say about each image. */
  readonly #entries = new Map<ImageId, readonly CaptionEntry[]>();
  /** Those that found no image, and may find one by its bytes once all are known. */
  #astray: readonly CaptionEntry[] = [];
  /** Images whose texts are settled once the drop is through. */
  readonly #later = new Set<ImageId>();
  #wasTold = false;
  #fileOf: CaptionFiles["fileOf"] = () => null;
  /** By the field's name: images with texts for a field that the sheet lacks. */
  readonly #homeless = new Map<string, { field: MissingField; lacking: Map<ImageId, Fields> }>();
  /** By the file’s name: the texts that were left out, by image and field. */
  readonly #simulated = new Map<string, Set<string>>();
  #report: DropReport;

  /** @param images those of the drop, which are shown by now */
  constructor(
    parts: TakenTextsParts,
    { files, images }: { files: readonly OfferedCaptions[]; images: readonly SheetImage[] },
  ) {
    this.#parts = parts;
    this.#files = files;
    this.#texts = new TakenTexts(parts, (from) => this.#fileOf(from));
    this.#images = images;
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
      relist: () => this.#relist(),
      settle: (choices) => this.#settle(choices),
      addField: (field) => this.#addField(field),
    };
    if (files.length > 0) this.#tell({});
    this.#matched = files.length === 0 ? Promise.resolve() : this.#readAll();
  }

  /**
   * The marks that an image of the drop begins with. Resolves once every caption file is read. Which of several texts it
   * is to have is left for the end.
   *
   * @param from the image that they came with, if this one was there without a picture
   */
  async marksFor(
    image: SheetImage,
    { texts }: PreparedPicture,
    from = image.id,
  ): Promise<UnwrittenMark[]> {
    await this.#matched;
    const entries = [...(this.#entries.get(from) ?? []), ...entryOfPicture(texts)];
    if (from !== image.id) {
      this.#entries.delete(from);
      entries.unshift(...(this.#entries.get(image.id) ?? []));
    }
    if (entries.length === 0) return [];
    this.#entries.set(image.id, entries);
    const { takes, conflicts } = this.#settleImage(image.id);
    if (conflicts.length > 0) this.#later.add(image.id);
    return takes.map((take) => this.#texts.markOf(take));
  }

  /** Notes the marks of an image that was kept. */
  noteKept(marks: readonly Mark[]): void {
    this.#texts.noteKept(marks);
  }

  /** What came with an image of the drop is about this one, which was there before and stands for it. */
  async moveTo(imageId: ImageId, from: ImageId): Promise<void> {
    await this.#matched;
    const entries = this.#entries.get(from) ?? [];
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
      await this.#texts.take(takes);
      this.#note(notesOf(this.#astray, "unmatched", this.#fileOf));
      this.#note(this.#simulatedNotes());
      const frameOf = ({ imageId }: CaptionConflict) => images.get(imageId)?.frame ?? 0;
      this.#tell({
        isUnderWay: false,
        conflicts: conflicts.toSorted((a, b) => frameOf(a) - frameOf(b)),
        missing: this.#missing(),
        taken: this.#texts.taken(),
      });
    } catch (error) {
      this.#tell({ isUnderWay: false, taken: this.#texts.taken() });
      throw error;
    } finally {
      this.#texts.record();
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
    const read = await readCaptionFiles(this.#files, fieldNames, { signal: UNENDED });
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
    const { images } = this.#state;
    // One that was refused before the captions were read is what they are about all the same.
    const gone = this.#images.filter(({ id }) => !images.has(id));
    return [...images.values(), ...gone].map((image) => ({
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
    const { placed, homeless } = this.#place(imageId, fields);
    for (const { field } of homeless) {
      const known = this.#homeless.get(field.name) ?? { field, lacking: new Map() };
      known.lacking.set(imageId, fields);
      this.#homeless.set(field.name, known);
    }
    return this.#settlePlaced(imageId, placed);
  }

  /** The texts that came for one image, in these fields. What the sandbox made up asks for no field. */
  #place(imageId: ImageId, fields: Fields): PlacedTexts {
    const entries = this.#entries.get(imageId) ?? [];
    const all = placeTexts(entries, fields);
    if (all.homeless.length === 0) return all;
    const own = entries.map((entry) => ({
      ...entry,
      texts: entry.texts.filter(({ isSimulated }) => !isSimulated),
    }));
    return { placed: all.placed, homeless: placeTexts(own, fields).homeless };
  }

  #settlePlaced(
    imageId: ImageId,
    placed: readonly PlacedText[],
  ): { takes: Take[]; conflicts: CaptionConflict[] } {
    const takes: Take[] = [];
    const conflicts: CaptionConflict[] = [];
    for (const field of this.#state.sheet.fields) {
      const own = placed.filter(({ fieldId }) => fieldId === field.id);
      if (own.length === 0) continue;
      const { take, conflict, simulated } = settleTexts(own, this.#texts.standing(imageId, field));
      const suggested = conflict?.options[0]?.kind === "came" ? conflict.options[0].placed : null;
      const text = take ?? suggested;
      const provisional = this.#texts.provisionalIn(imageId, field);
      if (text !== null && (provisional === null || !saysSo(provisional, text)))
        takes.push({ imageId, placed: text, isProvisional: take === null });
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

  #relist(): void {
    const { sheetStore } = this.#parts;
    sheetStore.flush();
    const conflicts = this.#report.conflicts.flatMap((listed) => this.#conflictNow(listed) ?? []);
    this.#tell({ conflicts, changed: 0 });
    sheetStore.flush();
  }

  /** A conflict as it is now; null if it is none any more. */
  #conflictNow({ imageId, fieldId }: CaptionConflict): CaptionConflict | null {
    const { images, sheet } = this.#state;
    const field = sheet.fields.find(({ id }) => id === fieldId);
    if (!images.has(imageId) || field === undefined) return null;
    const placed = placeTexts(this.#entries.get(imageId) ?? [], sheet.fields).placed;
    const own = placed.filter((one) => one.fieldId === fieldId);
    const { take, conflict } = settleTexts(own, this.#texts.standing(imageId, field));
    if (conflict !== null) return { imageId, fieldId, ...conflict };
    // What it differed from was taken back: whether it is taken is the user's choice all the same.
    if (take !== null)
      return { imageId, fieldId, options: [{ kind: "came", placed: take }], wins: 0 };
    return null;
  }

  async #settle(choices: readonly number[] | null): Promise<void> {
    const { conflicts } = this.#report;
    if (conflicts.length === 0) return;
    this.#parts.sheetStore.flush();
    const { takes, refused, changed } = this.#chosen(choices === null ? [] : conflicts, choices);
    // At once, so that a second press takes nothing again.
    this.#tell({ conflicts: changed, changed: changed.length });
    try {
      await this.#texts.take(takes, refused);
    } catch (error) {
      this.#tell({ conflicts, changed: 0 });
      throw error;
    }
    const undecided = new Set(changed.map(({ imageId }) => imageId));
    this.#texts.decide(undecided);
    this.#texts.record();
    this.#tell({ taken: this.#texts.taken() });
  }

  /** What a choice takes, and takes off; nothing for a text that is no longer what the user saw. */
  #chosen(conflicts: readonly CaptionConflict[], choices: readonly number[] | null) {
    const takes: Take[] = [];
    const refused: Mark[] = [];
    const changed: CaptionConflict[] = [];
    for (const [at, listed] of conflicts.entries()) {
      const { imageId, fieldId, options, wins } = listed;
      const option = options[choices?.[at] ?? wins];
      const now = this.#conflictNow(listed);
      const field = this.#state.sheet.fields.find(({ id }) => id === fieldId);
      if (option?.kind === "standing" || now === null || field === undefined) continue;
      const provisional = this.#texts.provisionalIn(imageId, field);
      if (option === undefined) {
        if (provisional !== null) refused.push(provisional);
      } else if (standingIn(now) !== standingIn(listed)) changed.push(now);
      else if (provisional === null || !saysSo(provisional, option.placed))
        takes.push({ imageId, placed: option.placed });
    }
    return { takes, refused, changed };
  }

  async #addField(missing: MissingField): Promise<void> {
    this.#parts.sheetStore.flush();
    const { images, sheet } = this.#state;
    const lacking = [...(this.#homeless.get(missing.name)?.lacking ?? [])].filter(([imageId]) =>
      images.has(imageId),
    );
    // Another drop, or the user, may have added it by now.
    const isThere = lacking.every(([imageId]) =>
      this.#place(imageId, sheet.fields).homeless.every(({ field }) => field.name !== missing.name),
    );
    await (isThere ? this.#takeHome(lacking) : this.#takeWithField(missing, lacking));
    this.#homeless.delete(missing.name);
    this.#tell({ missing: this.#missing(), taken: this.#texts.taken() });
  }

  /** Takes the texts that the fields of the sheet have room for by now, as they do with any drop. */
  async #takeHome(lacking: readonly Lacking[]): Promise<void> {
    const { fields } = this.#state.sheet;
    const takes: Take[] = [];
    const conflicts: CaptionConflict[] = [];
    for (const [imageId, before] of lacking) {
      const known = this.#place(imageId, before).placed;
      const placed = this.#place(imageId, fields).placed.filter(
        (one) => !known.some(({ fieldId, from }) => fieldId === one.fieldId && from === one.from),
      );
      const settled = this.#settlePlaced(imageId, placed);
      for (const take of settled.takes) takes.push(take);
      for (const conflict of settled.conflicts) conflicts.push(conflict);
    }
    await this.#texts.take(takes);
    this.#texts.record();
    this.#tell({ conflicts: [...this.#report.conflicts, ...conflicts] });
  }

  async #takeWithField(missing: MissingField, lacking: readonly Lacking[]): Promise<void> {
    const { sheet } = this.#state;
    const [first, ...others] = sheet.fields;
    const preset = FIELD_PRESETS.find(({ id }) => id === missing.presetId);
    if (preset === undefined) return;
    const id: FieldId = this.#parts.newId();
    const named = { ...preset, name: missing.name };
    const field = fieldFromPreset(named, { id, like: first, fields: sheet.fields });
    const fields = [first, ...others, field] as const;
    const takes: Take[] = [];
    for (const [imageId] of lacking) {
      const { take, conflict } = settleTexts(
        this.#place(imageId, fields).placed.filter(({ fieldId }) => fieldId === id),
        null,
      );
      const option = conflict?.options[conflict.wins];
      const best = take ?? (option?.kind === "came" ? option.placed : null);
      if (best !== null) takes.push({ imageId, placed: best });
    }
    // A run would pay for a field that nothing came for.
    if (takes.length === 0) return;
    const label = `adding the field ${field.name} with ${counted(takes.length, "text")}`;
    const marks = takes.map((take) => this.#texts.markOf(take));
    await this.#parts.changes.apply(
      { adds: { marks }, settings: { before: { fields: sheet.fields }, after: { fields } } },
      { label },
    );
  }

  #missing(): MissingTexts[] {
    return [...this.#homeless.values()].map(({ field, lacking }) => ({
      field,
      count: lacking.size,
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
    const news = files + taken.texts + notes.length + missing.length + conflicts.length;
    if (news === 0 && !this.#wasTold) return;
    this.#parts.sheetStore.show({
      intake: (intake) => {
        const isKnown = intake.captions.some(({ id }) => id === report.id);
        // The user has dismissed it.
        if (!isKnown && this.#wasTold) return intake;
        this.#wasTold = true;
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

/** The text on the sheet that a conflict lists, and whose it is. */
function standingIn({ options }: CaptionConflict): string {
  const standing = options.find(({ kind }) => kind === "standing");
  return standing?.kind === "standing" ? `${standing.by} ${standing.text}` : "";
}
