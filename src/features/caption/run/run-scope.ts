import { askedRecipe } from "#src/catalog/find-models.ts";
import type { FieldId, Fields } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { Mark, MarkId } from "#src/domain/mark.ts";
import { roleMark } from "#src/domain/shown-answer.ts";
import {
  countTexts,
  isInScope,
  type ScopeCount,
  type Standings,
  type TextStanding,
  type WholeScope,
} from "#src/features/caption/list/standing.ts";
import { parseCaption } from "#src/features/caption/settings.ts";
import type { TextOf } from "#src/features/caption/view-state.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { report } from "#src/sheet/tell.ts";
import type { RunOrder } from "#src/state/sheet/run-orders.ts";
import type { Task, TaskUuid } from "#src/domain/task.ts";
import type { AskedModels } from "#src/state/run-estimate.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";

/** Which texts a run asks for. */
export type RunScope = WholeScope | "one" | "selected";

/** Where the user is, as far as a scope depends on it. */
interface UserPlace {
  selected: ReadonlySet<ImageId>;
  activeId: ImageId | null;
}

/** The texts of a scope, image by image in the sheet's order. */
export function textsOf(scope: RunScope, standings: Standings, user: UserPlace): TextOf[] {
  const isWanted = wantedIn(scope);
  const ids = idsOf(scope, standings, user);
  return [...ids].flatMap((imageId) =>
    (standings.byId.get(imageId)?.texts ?? []).flatMap((text) =>
      isWanted(text) ? [{ imageId, fieldId: text.fieldId }] : [],
    ),
  );
}

/** How much a scope has, without listing it: this is called for thousands of images many times a second. */
export function countOf(scope: RunScope, standings: Standings, user: UserPlace): ScopeCount {
  if (scope !== "one" && scope !== "selected") return standings.scopes[scope];
  const ids = [...idsOf(scope, standings, user)];
  return countTexts(
    ids.map((id) => standings.byId.get(id)),
    wantedIn(scope),
  );
}

function wantedIn(scope: RunScope): (text: TextStanding) => boolean {
  if (scope === "one") return isMissingNow;
  const whole = scope === "selected" ? "all" : scope;
  return (text) => isInScope(whole, text);
}

// Whoever tries one first wants to see it now.
function isMissingNow(text: TextStanding): boolean {
  return text.kind !== "preparing" && isInScope("missing", text);
}

function idsOf(
  scope: RunScope,
  { byId, scopes }: Standings,
  { selected, activeId }: UserPlace,
): Iterable<ImageId> {
  switch (scope) {
    case "selected":
      return [...byId.keys()].filter((id) => selected.has(id));
    case "one": {
      if (scopes.missing.ready === 0) return [];
      const isMissing = (id: ImageId): boolean => byId.get(id)?.texts.some(isMissingNow) === true;
      const first =
        [...byId.keys()].find((id) => selected.has(id) && isMissing(id)) ??
        (activeId !== null && isMissing(activeId) ? activeId : null) ??
        [...byId.keys()].find(isMissing);
      return first === undefined ? [] : [first];
    }
    case "missing":
    case "failed":
    case "unsettled":
    case "all":
      return byId.keys();
  }
}

/** How many images of these texts already have one: an answer, the user's words, or what they came with and is kept. */
export function answeredAmong(texts: readonly TextOf[], standings: Standings): number {
  return imagesWith(
    texts,
    standings,
    ({ shown, kind }) =>
      shown.answered !== null ||
      shown.edit !== null ||
      (shown.existing !== null && kind !== "missing"),
  );
}

/** How many images of these texts may have been charged already, without an answer. */
export function unsettledAmong(texts: readonly TextOf[], standings: Standings): number {
  return imagesWith(texts, standings, ({ trouble }) => trouble === "unsettled");
}

function imagesWith(
  texts: readonly TextOf[],
  standings: Standings,
  has: (text: TextStanding) => boolean,
): number {
  return new Set(
    texts.flatMap(({ imageId, fieldId }) => {
      const text = standings.byId.get(imageId)?.texts.find((one) => one.fieldId === fieldId);
      return text !== undefined && has(text) ? [imageId] : [];
    }),
  ).size;
}

/** What the run button starts, and says. */
export interface PrimaryRun {
  scope: RunScope;
  count: ScopeCount;
  /** "148 images", "12 remaining", "3 selected", "3 failed", "148 images again"; with several fields "148 images, 296 texts". */
  what: string;
  /** How many of the images are prepared by now; null if all are. */
  ready: number | null;
}

/** The one run that is likely wanted: of what is selected, otherwise of what failed, otherwise of the rest. */
export function primaryRun(standings: Standings, selected: ReadonlySet<ImageId>): PrimaryRun {
  if (selected.size > 0) {
    const count = countOf("selected", standings, { selected, activeId: null });
    return run("selected", count, `${grouped(count.images)} selected`);
  }
  const { failed } = standings.scopes;
  return failed.images === 0
    ? restRun(standings)
    : run("failed", failed, `${grouped(failed.images)} failed`);
}

/** Of what is missing, otherwise of all again. */
export function restRun({ counts, scopes }: Standings): PrimaryRun {
  const { missing, all } = scopes;
  if (missing.images > 0 || counts.total === 0 || counts.done + counts.empty === 0) {
    const isRest = missing.images < counts.total;
    const number = grouped(missing.images);
    return run(
      "missing",
      missing,
      isRest ? `${number} remaining` : counted(missing.images, "image"),
    );
  }
  return run("all", all, `${counted(all.images, "image")} again`);
}

function run(scope: RunScope, count: ScopeCount, images: string): PrimaryRun {
  const texts = sumOf(count);
  return {
    scope,
    count,
    what: texts > count.images ? `${images}, ${grouped(texts)} texts` : images,
    ready: count.ready === count.images ? null : count.ready,
  };
}

/** How many texts these are. */
export function sumOf({ texts }: Pick<ScopeCount, "texts">): number {
  return [...texts.values()].reduce((sum, count) => sum + count, 0);
}

/** How often each model is asked for these texts. */
export function modelsAsked({ texts }: Pick<ScopeCount, "texts">, fields: Fields): AskedModels {
  const asked = new Map<string, number>();
  for (const { id, recipe } of fields) {
    const count = texts.get(id) ?? 0;
    if (count > 0) asked.set(recipe.modelId, (asked.get(recipe.modelId) ?? 0) + count);
  }
  return asked;
}

/** The same for texts that are listed. */
export function modelsAskedFor(texts: readonly TextOf[], fields: Fields): AskedModels {
  const counts = new Map<FieldId, number>();
  for (const { fieldId } of texts) counts.set(fieldId, (counts.get(fieldId) ?? 0) + 1);
  return modelsAsked({ texts: counts }, fields);
}

/**
 * Asks for texts, each with its field's recipe as it is now: at once, or when its image is prepared. What somebody has
 * asked for in the meantime, what has come with a picture, and what only decorates by then is left out. `overwrites` names the undo that brings the old answers back.
 */
export function ask(
  open: OpenSheet,
  texts: readonly TextOf[],
  how: Pick<RunOrder, "reuse" | "includesLater" | "mayPayTwice" | "overwrites">,
): void {
  const { fields, caption } = open.store.getState().sheet;
  const { asksExisting } = parseCaption(caption);
  const recipes = new Map(fields.map(({ id, recipe }) => [id, askedRecipe(recipe)]));
  const wanted = new Map<ImageId, Wanted[]>();
  for (const text of texts)
    wanted.set(text.imageId, [
      ...(wanted.get(text.imageId) ?? []),
      { fieldId: text.fieldId, latest: latestTask(open, text), came: latestExisting(open, text) },
    ]);
  const ofLater = fields
    .filter(({ isAsked }) => isAsked)
    .map(({ id }): Wanted => ({ fieldId: id, latest: null, came: null }));
  const questionsFor: RunOrder["questionsFor"] = ({ id: imageId }) => {
    if (isDecorative(open, imageId)) return [];
    return (wanted.get(imageId) ?? ofLater).flatMap(({ fieldId, latest, came }) => {
      const recipe = recipes.get(fieldId);
      const text = { imageId, fieldId };
      const isOpen =
        latestTask(open, text) === latest && (asksExisting || latestExisting(open, text) === came);
      return recipe === undefined || !isOpen ? [] : [{ imageId, fieldId, recipe, repeat: 1 }];
    });
  };
  report(
    open.runs.order({ askedBy: "caption", imageIds: [...wanted.keys()], questionsFor, ...how }),
  );
}

function isDecorative(open: OpenSheet, imageId: ImageId): boolean {
  return roleMark(open.store.getState().marks.get(imageId) ?? [])?.value.role === "decorative";
}

function latestTask(open: OpenSheet, { imageId, fieldId }: TextOf): TaskUuid | null {
  const tasks = open.store.getState().tasks.get(imageId) ?? [];
  const isMeant = (task: Task): boolean =>
    task.fieldId === fieldId && task.state.phase !== "cancelled";
  return tasks.findLast(isMeant)?.taskUuid ?? null;
}

/** A text that is asked for, and what it had at the press. */
interface Wanted {
  fieldId: FieldId;
  latest: TaskUuid | null;
  /** The mark of the text that the image came with. */
  came: MarkId | null;
}

function latestExisting(open: OpenSheet, { imageId, fieldId }: TextOf): MarkId | null {
  const marks = open.store.getState().marks.get(imageId) ?? [];
  const isMeant = ({ value, deletedAt }: Mark): boolean =>
    value.kind === "existing" && value.fieldId === fieldId && deletedAt === null;
  return marks.findLast(isMeant)?.id ?? null;
}

/** Asks for texts whatever they have; one undo brings the old answers back. */
export function askAgain(open: OpenSheet, texts: readonly TextOf[]): void {
  const images = new Set(texts.map(({ imageId }) => imageId)).size;
  ask(open, texts, {
    reuse: false,
    overwrites: `asking about ${counted(images, "image")} again`,
    mayPayTwice: true,
  });
}
