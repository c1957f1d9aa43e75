import { answersOfModel } from "#src/catalog/find-models.ts";
import type { CheckedField } from "#src/domain/checks/checks.ts";
import type { Field, FieldId, Fields } from "#src/domain/field.ts";
import type { ImageRole } from "#src/domain/image-role.ts";
import { isLongDescription } from "#src/domain/role-rules.ts";
import type { ImageId, SheetImage } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import { recipeKey } from "#src/domain/recipe.ts";
import {
  captionText,
  isEdited,
  roleMark,
  shownAnswer,
  type ShownAnswer,
  standingMarks,
} from "#src/domain/shown-answer.ts";
import { hasEnded, isInFlight, type Task } from "#src/domain/task.ts";
import { partCounts } from "#src/state/pictures/parts.ts";
import { perImage, type OwnRows, type RowsByImage } from "#src/state/sheet/per-image.ts";

/** How a try without an answer ended. */
export type Trouble = "refused" | "failed" | "unsettled";

/** The state of a text. "missing" can be asked for and has neither an answer nor the user's words. */
export type StandingKind =
  | "preparing"
  | "unseen"
  | "missing"
  | "running"
  | "done"
  | "empty"
  /** Of an image whose parts are asked about instead. */
  | "split"
  /** Of an image that only decorates: nothing is asked, and nothing is missing. */
  | "decorative"
  | Trouble;

/** One text of an image: the field it belongs to, and how far it is. */
export interface TextStanding {
  fieldId: FieldId;
  kind: StandingKind;
  /** How the newest try ended, if it gave no answer and the user has not written since: also beside an old answer. */
  trouble: Trouble | null;
  /** What the field's model answers with; only text can be edited. */
  answers: "text" | "age";
  /** Whether a run asks for it. */
  isAsked: boolean;
  /** Whether the parts of its image are asked about instead. */
  isSplit: boolean;
  /** Whether the user has written other words than the model. */
  edited: boolean;
  /** The user's words, what the image came with, or the model's; null if there is none. */
  text: string | null;
  /** What its field says of how it should be. */
  rules: CheckedField;
  shown: ShownAnswer;
}

/** One image in Caption. */
export interface Standing {
  /** The least finished of the texts that are asked for. */
  kind: StandingKind;
  trouble: Trouble | null;
  edited: boolean;
  role: ImageRole;
  /** Whether the user has said which role it has. */
  hasRole: boolean;
  /** True if the user has reviewed the texts, and since then none has been answered anew or taken from a file. */
  reviewed: boolean;
  /** In the order of the sheet's fields: always at least one. */
  texts: readonly TextStanding[];
}

/** The files and properties that these texts came from, each once, as long as they are what shows. */
export function existingSources(texts: readonly TextStanding[]): string[] {
  const names = texts.flatMap(({ shown: { existing } }) =>
    existing?.value.kind === "existing" ? [existing.value.from.name] : [],
  );
  return [...new Set(names)];
}

/** Whether the user can write a text now: an answer that is under way would be hidden by it. */
export function canEdit({ answers, kind, text }: TextStanding): boolean {
  return answers === "text" && kind !== "preparing" && (kind !== "running" || text !== null);
}

/** How many there are of each kind; `askedInVain` are done and in trouble, and those in trouble count as that too. */
export type StandingCounts = Readonly<Record<StandingKind | "total" | "askedInVain", number>>;

/** Texts of the whole sheet that can be asked for, now or once their image is prepared. */
export type WholeScope = "missing" | "failed" | "unsettled" | "all";

/** How much a run asks for. */
export interface ScopeCount {
  images: number;
  /** Those of them that are prepared: the others are asked about as each becomes ready. */
  ready: number;
  /** By field; only fields with at least one. */
  texts: ReadonlyMap<FieldId, number>;
}

/**
 * Whether a text is in a scope. Those with a task under way are left out, and so are fields that no run asks for, unless
 * they were asked for without an answer.
 */
export function isInScope(scope: WholeScope, { kind, trouble, isAsked }: TextStanding): boolean {
  if (kind === "unseen" || kind === "running") return false;
  switch (scope) {
    case "missing":
      return (kind === "missing" || kind === "preparing") && isAsked;
    case "failed":
    case "unsettled":
      return trouble === scope;
    case "all":
      return isAsked;
  }
}

/** Counts the texts that are wanted of these images. */
export function countTexts(
  standings: Iterable<Standing | undefined>,
  isWanted: (text: TextStanding) => boolean,
): ScopeCount {
  const count = createScopeCounter(isWanted);
  for (const standing of standings) if (standing !== undefined) count.add(standing);
  return count;
}

function createScopeCounter(isWanted: (text: TextStanding) => boolean) {
  const texts = new Map<FieldId, number>();
  const count = {
    images: 0,
    ready: 0,
    texts,
    add: (standing: Standing): void => {
      const wanted = standing.texts.filter(isWanted);
      if (wanted.length > 0) count.images += 1;
      if (wanted.some(({ kind }) => kind !== "preparing")) count.ready += 1;
      for (const { fieldId } of wanted) texts.set(fieldId, (texts.get(fieldId) ?? 0) + 1);
    },
  };
  return count;
}

/** All images of a sheet, counted. */
export interface Standings {
  byId: ReadonlyMap<ImageId, Standing>;
  /** Images. */
  counts: StandingCounts & {
    readonly reviewed: number;
    readonly edited: number;
    /** With a text that they came with. */
    readonly existing: number;
  };
  scopes: Readonly<Record<WholeScope, ScopeCount>>;
  /** The texts of each field, whether or not it is asked for. */
  byField: ReadonlyMap<FieldId, StandingCounts>;
}

/** The rows that a sheet's standings are made from, and its fields. Their recipes are as they are asked. */
export interface StandingSource extends RowsByImage {
  fields: Fields;
  /** Whether a run also asks about images that came with a text. */
  asksExisting: boolean;
}

interface FieldContext extends Pick<StandingSource, "fields" | "asksExisting"> {
  /** What of the fields every image depends on. */
  shape: string;
  /** What they ask: only images that other views asked about depend on it. */
  questions: string;
}

/** Standings of whole sheets, made again only for the images whose rows changed. */
export function createStandings(): (source: StandingSource) => Standings {
  const standingsOf = perImage(standingOf, ({ shape, questions }: FieldContext, { tasks }) => {
    // What Caption itself asked counts whatever the prompt says now; only other views' answers depend on it.
    const dependsOnRecipe = tasks.some((task) => task.askedBy !== "caption");
    return [dependsOnRecipe ? `${shape}${questions}` : shape];
  });
  const withSplit = createSplitting();
  let last: Standings | null = null;
  return ({ fields, asksExisting, ...rows }) => {
    const own = standingsOf(rows, {
      fields,
      asksExisting,
      shape: JSON.stringify([fields.map(shapeOf), asksExisting]),
      questions: JSON.stringify(fields.map(({ recipe }) => recipeKey(recipe))),
    });
    const byId = withSplit(own, rows.images);
    if (last?.byId !== byId) last = { byId, ...totalsOf(byId) };
    return last;
  };
}

/** Makes standings those of images of which some are split: their parts are asked about instead. */
function createSplitting() {
  const seen = new WeakMap<Standing, Standing>();
  let last: { own: unknown; made: ReadonlyMap<ImageId, Standing> } | null = null;
  const split = (standing: Standing): Standing => {
    const known = seen.get(standing);
    if (known !== undefined) return known;
    const texts = standing.texts.map((text): TextStanding => {
      return { ...text, kind: splitKind(text.kind), isAsked: false, isSplit: true, trouble: null };
    });
    const made = { ...standing, kind: splitKind(standing.kind), texts, trouble: null };
    seen.set(standing, made);
    return made;
  };
  return (
    own: ReadonlyMap<ImageId, Standing>,
    images: ReadonlyMap<ImageId, SheetImage>,
  ): ReadonlyMap<ImageId, Standing> => {
    if (last?.own === own) return last.made;
    const whole = partCounts(images.values());
    const made =
      whole.size === 0
        ? own
        : new Map([...own].map(([id, one]) => [id, whole.has(id) ? split(one) : one]));
    last = { own, made };
    return made;
  };
}

// What it was asked about before stays, and so does what is under way.
function splitKind(kind: StandingKind): StandingKind {
  return kind === "running" || kind === "done" ? kind : "split";
}

function shapeOf(field: Field): unknown {
  const { id, recipe, isAsked, kind, limit, language, checks } = field;
  const answers = answersOfModel(recipe.modelId);
  return [id, answers, isAsked, kind, limit, language, checks, isLongDescription(field)];
}

/** The standing of one image under the sheet's fields. */
function standingOf(
  image: SheetImage,
  { tasks, marks }: OwnRows,
  { fields, asksExisting }: FieldContext,
): Standing {
  const mark = roleMark(marks);
  const role = mark?.value.role ?? "informative";
  const [first, ...others] = fields.map((field) =>
    textOf(image, { tasks, marks }, { field, asksExisting, role }),
  );
  const texts = first === undefined ? [] : [first, ...others];
  const asked = texts.filter(({ isAsked }) => isAsked);
  const [least, ...rest] = asked.length === 0 ? texts : asked;
  const kind = rest.reduce((found, text) => lesser(found, text.kind), least?.kind ?? "missing");
  return {
    kind,
    trouble: texts.find(({ trouble }) => trouble !== null)?.trouble ?? null,
    edited: texts.some(({ edited }) => edited),
    role,
    hasRole: mark !== null,
    reviewed: isReviewed(texts, marks),
    texts,
  };
}

// The least finished first.
const ORDER: readonly StandingKind[] = [
  "preparing",
  "running",
  "missing",
  "unseen",
  "failed",
  "unsettled",
  "refused",
  "empty",
  "done",
  "split",
  "decorative",
];

function lesser(a: StandingKind, b: StandingKind): StandingKind {
  return ORDER.indexOf(a) <= ORDER.indexOf(b) ? a : b;
}

function textOf(
  image: SheetImage,
  { tasks, marks }: OwnRows,
  { field, asksExisting, role }: { field: Field; asksExisting: boolean; role: ImageRole },
): TextStanding {
  const { id: fieldId, recipe } = field;
  const isDecorative = role === "decorative";
  const isAsked =
    !isDecorative && (field.isAsked || (role === "complex" && isLongDescription(field)));
  const answers = answersOfModel(recipe.modelId);
  const shown = shownAnswer(tasks, marks, { fieldId, recipe, answers, answersOf });
  const trouble = isDecorative ? null : troubleOf(shown);
  const text = captionText(shown);
  return {
    fieldId,
    kind: kindOf(image, shown, {
      trouble,
      isExistingKept: !asksExisting || !isAsked,
      isDecorative,
    }),
    trouble,
    answers,
    isAsked,
    isSplit: false,
    edited: isEdited(shown),
    text,
    rules: field,
    shown,
  };
}

function answersOf(task: Task): "text" | "age" {
  return answersOfModel(task.recipe.modelId);
}

/** What the user wrote after a try ended settles it: they have seen it. */
function troubleOf({ latest, edit }: ShownAnswer): Trouble | null {
  const phase = latest?.state.phase;
  if (phase !== "refused" && phase !== "failed" && phase !== "unsettled") return null;
  return edit !== null && edit.at >= (latest?.times.endedAt ?? 0) ? null : phase;
}

function kindOf(
  { preparation }: SheetImage,
  { answered, latest, edit, existing }: ShownAnswer,
  {
    trouble,
    isExistingKept,
    isDecorative,
  }: { trouble: Trouble | null; isExistingKept: boolean; isDecorative: boolean },
): StandingKind {
  if (preparation.phase === "queued" || preparation.phase === "preparing") return "preparing";
  if (latest !== null && (isInFlight(latest) || !hasEnded(latest))) return "running";
  if (isDecorative) return "decorative";
  if (edit !== null || answered?.state.phase === "done") return "done";
  if (existing !== null && isExistingKept) return "done";
  if (trouble !== null) return trouble;
  if (answered !== null) return "empty";
  return preparation.phase === "ready" || preparation.phase === "remote" ? "missing" : "unseen";
}

// A text that was answered after the review, or came from a file, has not been seen by anybody.
function isReviewed(texts: readonly TextStanding[], marks: readonly Mark[]): boolean {
  const review = standingMarks(marks).findLast(({ value }) => value.kind === "reviewed");
  return (
    review !== undefined &&
    texts.every(
      ({ shown: { answered, existing } }) =>
        (answered === null || review.shown.includes(answered.taskUuid)) &&
        (existing === null || existing.seq < review.seq),
    )
  );
}

function totalsOf(byId: ReadonlyMap<ImageId, Standing>): Omit<Standings, "byId"> {
  const images = createCounter();
  const fields = new Map<FieldId, ReturnType<typeof createCounter>>();
  const scopeOf = (scope: WholeScope) => createScopeCounter((text) => isInScope(scope, text));
  const scopes = {
    missing: scopeOf("missing"),
    failed: scopeOf("failed"),
    unsettled: scopeOf("unsettled"),
    all: scopeOf("all"),
  };
  let [reviewed, edited, existing] = [0, 0, 0];
  for (const standing of byId.values()) {
    images.add(standing);
    if (standing.reviewed) reviewed += 1;
    if (standing.edited) edited += 1;
    if (standing.texts.some(({ shown }) => shown.existing !== null)) existing += 1;
    for (const scope of Object.values(scopes)) scope.add(standing);
    for (const text of standing.texts) {
      const counter = fields.get(text.fieldId) ?? createCounter();
      fields.set(text.fieldId, counter);
      counter.add(text);
    }
  }
  return {
    counts: { ...images.counts, reviewed, edited, existing },
    scopes,
    byField: new Map([...fields].map(([id, { counts }]) => [id, counts])),
  };
}

function createCounter() {
  const counts = {
    total: 0,
    askedInVain: 0,
    preparing: 0,
    unseen: 0,
    missing: 0,
    running: 0,
    done: 0,
    empty: 0,
    decorative: 0,
    split: 0,
    refused: 0,
    failed: 0,
    unsettled: 0,
  };
  return {
    counts,
    add: ({ kind, trouble }: Pick<Standing, "kind" | "trouble">): void => {
      counts.total += 1;
      counts[kind] += 1;
      if (kind !== "done" || trouble === null) return;
      counts[trouble] += 1;
      counts.askedInVain += 1;
    },
  };
}
