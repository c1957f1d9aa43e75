import { modelById, sentSideOf } from "#src/catalog/find-models.ts";
import { backgroundOf, type Mount } from "#src/domain/mount.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import type { Recipe } from "#src/domain/recipe.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import { fitted, fitWithin, type PixelSize } from "#src/images/fit.ts";

// What is just large enough here may be a pixel too small once the copy and the copy of the copy were rounded.
const ROUNDING_PX = 2;

/**
 * What a picture is mounted on if this is asked about it; null if it needs nothing, or nothing is known of it. The same
 * picture, recipe and sheet give the same mount, whatever copy of it there is.
 */
export function mountOf(
  facts: PictureFacts | undefined,
  recipe: Recipe,
  sheet: Pick<Sheet, "background">,
): Mount | null {
  if (facts === undefined) return null;
  const background = backgroundOf(facts.background, sheet.background);
  const takes = modelById(recipe.modelId)?.takes ?? null;
  // A drawing is drawn as large as its copy may be.
  const size = facts.format === "svg" ? enlarged(facts) : facts;
  const fit =
    takes !== null && isOutside(fitWithin(size, sentSideOf(recipe)), takes) ? takes : null;
  if (background === null && fit === null) return null;
  return { background, fit };
}

interface SentSizes {
  /** Only made smaller. */
  plain: PixelSize;
  /** As it is drawn on its mount, which is enlarged if `plain` is too small. */
  drawn: PixelSize;
  /** With what it is padded with. */
  whole: PixelSize;
}

/** The sizes, in pixels, that a copy goes through as it is sent with a recipe. */
export function sentSizes(copy: PixelSize, recipe: Recipe, mount: Mount | null): SentSizes {
  const side = sentSideOf(recipe);
  return { plain: fitWithin(copy, side), ...fitted(copy, side, mount?.fit ?? null) };
}

/** The size of the copy that is made of a picture now. */
export function copySizeOf(facts: PictureFacts, { copySide }: Pick<Sheet, "copySide">): PixelSize {
  return fitWithin(facts, copySide);
}

function isOutside(
  { width, height }: { width: number; height: number },
  { leastSide, longestRatio }: NonNullable<Mount["fit"]>,
): boolean {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  return short < leastSide + ROUNDING_PX || long > longestRatio * Math.max(1, short - ROUNDING_PX);
}

function enlarged({ width, height }: PictureFacts): { width: number; height: number } {
  const scale = 2048 / Math.max(width, height);
  return { width: width * scale, height: height * scale };
}
