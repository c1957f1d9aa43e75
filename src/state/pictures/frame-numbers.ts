import type { ImageId, SheetId, SheetImage } from "#src/domain/image.ts";
import type { SheetChanges } from "#src/state/history/changes.ts";
import type { SheetStore } from "#src/state/sheet/sheet-store.ts";
import type { Storage } from "#src/storage/storage.ts";

/** The numbers of the images that are being taken: they close up over what is refused, and rest once all is told. */
export type FrameNumbers = ReturnType<typeof createFrameNumbers>;

interface Place {
  id: ImageId;
  frame: number;
  /** Something names the image by its number, or nobody can tell any more: it stays. */
  isFixed: boolean;
}

/** Consecutive numbers that were given to drops of this tab, one after the other. */
interface Stretch {
  first: number;
  last: number;
  places: Place[];
}

interface FrameNumbersParts {
  storage: Pick<Storage, "reserveFrames">;
  sheetStore: SheetStore;
  changes: Pick<SheetChanges, "apply">;
}

// While thousands are refused one by one, the rest is shown with its new numbers this often.
const CLOSING_MS = 100;

const fixings = new Set<() => void>();

/** Call this as a file is made that names images by their numbers: those that are kept by now keep theirs for good. */
export function fixFrames(): void {
  for (const fix of fixings) fix();
}

/** Gives an open sheet's images their frame numbers: 1, 2, 3 over what was taken. */
export function createFrameNumbers({ storage, sheetStore, changes }: FrameNumbersParts) {
  const { store } = sheetStore;
  const sheetId: SheetId = store.getState().sheet.id;
  const unsettled = new Set<ImageId>();
  // They are being written with the number that they had when that began.
  const beingKept = new Set<ImageId>();
  let stretches: Stretch[] = [];
  let isOpen = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: what is given out must not overtake what is given back. */
  function inTurn<Result>(step: () => Promise<Result>): Promise<Result> {
    const done = last.then(step);
    last = done.catch(() => undefined);
    return done;
  }

  function fix(): void {
    const { images } = store.getState();
    for (const place of stretches.flatMap(({ places }) => places))
      if (images.get(place.id)?.preparation.phase === "ready") place.isFixed = true;
  }

  function isNamed({ id, isFixed }: Place): boolean {
    const { images, tasks, marks } = store.getState();
    // Removed by the user, or let go of.
    const isGone = !images.has(id) && !unsettled.has(id);
    // A text that came with the image says nothing of its number.
    const isMarked = (marks.get(id) ?? []).some(({ value }) => value.kind !== "existing");
    return isFixed || isGone || isMarked || (tasks.get(id) ?? []).length > 0;
  }

  function closeUp(): void {
    if (!isOpen) return;
    isOpen = false;
    sheetStore.flush();
    for (const { first, places } of stretches) {
      let next = first;
      for (const place of places) {
        place.isFixed = isNamed(place);
        if (!place.isFixed) place.frame = next;
        next = place.frame + 1;
      }
    }
  }

  /** Shows, and writes, the numbers that have changed. */
  async function renumber(): Promise<void> {
    closeUp();
    sheetStore.flush();
    const { images } = store.getState();
    const moved = stretches.flatMap(({ places }) =>
      places.flatMap(({ id, frame }) => {
        const image = images.get(id);
        const isRight = image === undefined || image.frame === frame || beingKept.has(id);
        return isRight ? [] : { ...image, frame };
      }),
    );
    const kept = moved.filter(({ preparation }) => preparation.phase === "ready");
    sheetStore.show({ images: moved.filter((image) => !kept.includes(image)) });
    if (kept.length > 0) await changes.apply({ adds: { images: kept } });
  }

  function closeUpSoon(): void {
    isOpen = true;
    timer ??= setTimeout(() => {
      timer = null;
      // What can't be written now is written as the drop ends, and reported then.
      inTurn(renumber).catch(() => undefined);
    }, CLOSING_MS);
  }

  return {
    /** Resolves to the first of so many numbers. What they are given to keeps them for good. */
    give: (count: number): Promise<number> => inTurn(() => storage.reserveFrames(sheetId, count)),
    /** The same for files of a drop, each of which may turn out to be none. */
    giveToDrop: <Image extends Pick<SheetImage, "id">>(
      images: readonly Image[],
    ): Promise<(Image & { frame: number })[]> =>
      inTurn(async () => {
        const first = await storage.reserveFrames(sheetId, images.length);
        const numbered = images.map((image, at) => ({ ...image, frame: first + at }));
        const places = numbered.map(({ id, frame }) => ({ id, frame, isFixed: false }));
        const before = stretches.at(-1);
        if (before?.last === first - 1) {
          before.places.push(...places);
          before.last += places.length;
        } else stretches.push({ first, last: first + places.length - 1, places });
        for (const { id } of images) unsettled.add(id);
        fixings.add(fix);
        return numbered;
      }),
    /** Keeps an image with the number it has by now. */
    keep: async (image: SheetImage, keep: (image: SheetImage) => Promise<void>): Promise<void> => {
      closeUp();
      const place = placeOf(stretches, image.id);
      beingKept.add(image.id);
      try {
        await keep({ ...image, frame: place?.frame ?? image.frame });
      } finally {
        beingKept.delete(image.id);
        if (place !== null && store.getState().images.get(image.id)?.frame !== place.frame)
          closeUpSoon();
      }
    },
    /** These turned out to be no images: the others close up over them. */
    vacate: (ids: readonly ImageId[]): void => {
      const gone = new Set(ids);
      for (const id of ids) unsettled.delete(id);
      for (const stretch of stretches)
        stretch.places = stretch.places.filter(({ id }) => !gone.has(id));
      closeUpSoon();
    },
    /** They are about to be removed with their numbers, and may come back with them. Resolves once nothing moves them. */
    hold: (ids: readonly ImageId[]): Promise<unknown> => {
      const held = new Set(ids);
      for (const place of stretches.flatMap(({ places }) => places))
        if (held.has(place.id)) place.isFixed = true;
      return last;
    },
    settle: (id: ImageId): void => {
      unsettled.delete(id);
    },
    /** Once no file is under way, the numbers are final. Rejects if they can't be written. */
    rest: (): Promise<void> =>
      inTurn(async () => {
        if (unsettled.size > 0) return;
        if (timer !== null) clearTimeout(timer);
        timer = null;
        await renumber();
        const ended = stretches;
        stretches = [];
        fixings.delete(fix);
        for (const stretch of ended.toReversed()) await giveBack(storage, sheetId, stretch);
      }),
  };
}

/** Numbers at the end that nobody has are given out again. */
async function giveBack(
  storage: FrameNumbersParts["storage"],
  sheetId: SheetId,
  { first, last, places }: Stretch,
): Promise<void> {
  const unused = (places.at(-1)?.frame ?? first - 1) + 1;
  if (unused <= last) await storage.reserveFrames(sheetId, 0, { first: unused, last });
}

function placeOf(stretches: readonly Stretch[], id: ImageId): Place | null {
  for (const { places } of stretches) {
    const place = places.find((candidate) => candidate.id === id);
    if (place !== undefined) return place;
  }
  return null;
}
