import { useEffect, useMemo, useState } from "react";
import { askedRecipe, sentSideOf } from "#src/catalog/find-models.ts";
import type { Purse } from "#src/domain/connection.ts";
import type { FieldId } from "#src/domain/field.ts";
import { reusedPrompt } from "#src/domain/recipe.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import type { ImageId } from "#src/domain/image.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import type { Standings } from "#src/features/caption/list/standing.ts";
import { type TextOf, useCaptionView } from "#src/features/caption/view-state.ts";
import { usePurse, useServices } from "#src/state/services.ts";
import { mountOf } from "#src/state/pictures/mount-of.ts";
import type { SheetServices } from "#src/state/sheet/open-sheet.ts";
import { promptSentFor } from "#src/state/sheet/prompt-sent.ts";
import type { SheetState } from "#src/state/sheet/sheet-store.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { answeredAmong, type RunScope, textsOf, unsettledAmong } from "./run-scope.ts";

/** How many texts of each field this device has the answer to already. */
export type Reused = ReadonlyMap<FieldId, number>;

const NONE: Reused = new Map();

// Counting waits until the sheet rests for a moment: nothing on screen waits for it.
const RESTS_MS = 400;
// So many at once keep the page responsive, however large the sheet is.
const AT_ONCE = 250;

/** What of a scope is free, since this device has the answers; none until that is known. */
export function useReused(standings: Standings, scope: RunScope): Reused {
  const { store } = useOpenSheet();
  const { storages, now } = useServices().sheets;
  const purse = usePurse();
  const isIdle = useSheet((state) => state.run.phase === "idle");
  const sheet = useSheet((state) => state.sheet);
  const selected = useCaptionView((state) => state.selected);
  const reuses = useCaptionView((state) => state.reuses);
  // What is asked; an answer that came or an image that was added changes little of what was found.
  const asked = useMemo(() => {
    const { id, fields, context, background } = sheet;
    return JSON.stringify([scope, id, fields, context, background, purse, reuses]);
  }, [scope, sheet, purse, reuses]);
  const [found, setFound] = useState({ asked: "", reused: NONE });
  useEffect(() => {
    if (!isIdle || !reuses) return undefined;
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      const counting = countReused(textsInGroups(scope, standings, selected), store.getState(), {
        storage: storages[sheet.keeping],
        purse,
        now: now(),
        signal: leaving.signal,
      });
      counting.then(
        (reused) => {
          if (!leaving.signal.aborted) setFound({ asked, reused });
        },
        // Without it the button shows the full price.
        () => undefined,
      );
    }, RESTS_MS);
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [
    asked,
    isIdle,
    now,
    purse,
    reuses,
    scope,
    selected,
    sheet.keeping,
    standings,
    storages,
    store,
  ]);
  return found.asked === asked && reuses ? found.reused : NONE;
}

type Finder = Pick<SheetServices["storages"]["disk"], "findReusables">;
type ReuseQuestion = Parameters<Finder["findReusables"]>[0][number];

/** Whether this device has the answer to a text already, and it may be used; null until that is known. */
export function useIsFree(text: TextOf, mayReuse: boolean): boolean | null {
  const { store } = useOpenSheet();
  const { storages, now } = useServices().sheets;
  const purse = usePurse();
  const [found, setFound] = useState<{ text: TextOf; isFree: boolean } | null>(null);
  useEffect(() => {
    if (!mayReuse) return undefined;
    const leaving = new AbortController();
    const { signal } = leaving;
    const state = store.getState();
    const storage = storages[state.sheet.keeping];
    const tell = (isFree: boolean): void => {
      if (!signal.aborted) setFound({ text, isFree });
    };
    countReused([[text]], state, { storage, purse, now: now(), signal }).then(
      (reused) => tell(reused.size > 0),
      () => tell(false),
    );
    return () => leaving.abort();
  }, [mayReuse, now, purse, storages, store, text]);
  if (!mayReuse) return false;
  return found?.text === text ? found.isFree : null;
}

interface CountingParts {
  storage: Finder;
  purse: Purse;
  /** Epoch milliseconds. */
  now: number;
  signal: AbortSignal;
}

/**
 * The texts of a scope, in groups small enough that the page stays responsive between them; null instead of one that has an
 * answer already or may have: then all are asked again, or the user is asked first.
 */
export function* textsInGroups(
  scope: RunScope,
  standings: Standings,
  selected: ReadonlySet<ImageId>,
): Generator<readonly TextOf[] | null> {
  const ids = [...standings.byId.keys()];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const byId = new Map(
      ids.slice(from, from + AT_ONCE).flatMap((id) => {
        const standing = standings.byId.get(id);
        return standing === undefined ? [] : [[id, standing] as const];
      }),
    );
    const part = { ...standings, byId };
    const texts = textsOf(scope, part, { selected, activeId: null });
    yield answeredAmong(texts, part) + unsettledAmong(texts, part) > 0 ? null : texts;
  }
}

/**
 * How many of these texts a run would answer from what this device has. The same question about the same bytes is paid for
 * once at most, so from the second on it counts as well. Rejects with storage's FailureError.
 */
export async function countReused(
  groups: Iterable<readonly TextOf[] | null>,
  state: Pick<SheetState, "sheet" | "images" | "pictures" | "tasks" | "marks">,
  { storage, purse, now, signal }: CountingParts,
): Promise<Reused> {
  const reused = new Map<FieldId, number>();
  const asked = new Set<string>();
  for (const texts of groups) {
    if (texts === null) return NONE;
    if (signal.aborted) break;
    const group = texts.flatMap((text) => questionOf(text, state, { purse, now }) ?? []);
    // oxlint-disable-next-line no-await-in-loop -- one group after the other, so that the page is free in between
    const answers = await storage.findReusables(group.map(({ question }) => question));
    for (const [at, { fieldId, question }] of group.entries()) {
      const key = JSON.stringify(question);
      if ((answers[at] ?? null) !== null || asked.has(key))
        reused.set(fieldId, (reused.get(fieldId) ?? 0) + 1);
      asked.add(key);
    }
  }
  return reused;
}

/** What is left to pay for. */
export function withoutReused(texts: ReadonlyMap<FieldId, number>, reused: Reused): Reused {
  return new Map([...texts].map(([id, count]) => [id, Math.max(0, count - (reused.get(id) ?? 0))]));
}

/** "about $0.09 · 2 min", "about $0.04 · 30 of 63 reused", "free: 63 answers are on this device". `price`: of the rest. */
export function priceText(
  price: string,
  { total, reused }: { total: number; reused: Reused },
): string {
  const free = [...reused.values()].reduce((sum, count) => sum + count, 0);
  if (free === 0) return price;
  return free < total
    ? `${price} · ${grouped(free)} of ${grouped(total)} reused`
    : `free: ${counted(total, "answer is", "answers are")} on this device`;
}

function questionOf(
  { imageId, fieldId }: TextOf,
  state: Parameters<typeof countReused>[1],
  { purse, now }: Pick<CountingParts, "purse" | "now">,
): { fieldId: FieldId; question: ReuseQuestion } | null {
  const image = state.images.get(imageId);
  const field = state.sheet.fields.find(({ id }) => id === fieldId);
  const pictureHash = image === undefined ? null : pictureHashOf(image);
  if (field === undefined || pictureHash === null) return null;
  const recipe = askedRecipe(field.recipe);
  const sent = promptSentFor(state, { imageId, fieldId, recipe }, now);
  const prompt = reusedPrompt(recipe, sent);
  const { modelId } = recipe;
  const mount = mountOf(state.pictures.get(pictureHash), recipe, state.sheet);
  return {
    fieldId,
    question: { pictureHash, modelId, prompt, sentSide: sentSideOf(recipe), mount, purse },
  };
}
