import { askedRecipe } from "#src/catalog/find-models.ts";
import { askedFields } from "#src/domain/field.ts";
import type { Mount } from "#src/domain/mount.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { PictureFacts, PictureNote } from "#src/domain/picture.ts";
import type { Recipe } from "#src/domain/recipe.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import { grouped } from "#src/lib/counted.ts";
import { copySizeOf, mountOf, sentSizes } from "#src/state/pictures/mount-of.ts";
import { longestSide, partCount, partsOf } from "#src/state/pictures/parts.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";

/** What the user should know about a picture: `short` stands on its frame, null if that says nothing of it. */
export interface FrameNote {
  key: string;
  text: string;
  short: string | null;
}

/** What the user should know about how a picture was read; `short` if less than the whole file is used. */
const READ: Readonly<Record<PictureNote, Omit<FrameNote, "key">>> = {
  "first-frame-only": {
    text: "Only its first frame or page is used.",
    short: "first frame only",
  },
  "preview-only": {
    text: "Only the preview in this RAW file is used.",
    short: "RAW preview",
  },
  truncated: {
    text: "The file is cut off or damaged; the readable part is used.",
    short: "file cut off or damaged",
  },
  "colours-converted": {
    text: "Its colours were converted to sRGB.",
    short: "colours converted to sRGB",
  },
  "alpha-on-white": { text: "What was transparent is now white.", short: null },
  "tone-mapped": {
    text: "Its high dynamic range (HDR) was mapped to sRGB, so that highlights may differ.",
    short: "HDR mapped to sRGB",
  },
  "gain-map-unused": {
    text: "Its base picture is used, without the gain map that makes it brighter on HDR screens.",
    short: "without its HDR gain map",
  },
  "labels-missing": {
    text: "Text in this drawing may be missing, since this browser hands over none of its embedded HTML.",
    short: "text may be missing",
  },
};

/** Notes on how a picture was read, and what it is laid on when it is sent with one of these recipes. */
export function frameNotes(
  facts: PictureFacts,
  recipes: readonly Recipe[],
  sheet: Pick<Sheet, "background" | "copySide">,
): FrameNote[] {
  const notes: FrameNote[] = facts.notes.map((note) => ({ key: note, ...READ[note] }));
  const sent = new Map<string, FrameNote>();
  for (const recipe of recipes) {
    const mount = mountOf(facts, recipe, sheet);
    for (const note of [backgroundNote(mount, sheet), fitNote(facts, recipe, { mount, sheet })])
      if (note !== null) sent.set(note.key, note);
  }
  return [...notes, ...sent.values()];
}

function backgroundNote(
  mount: Mount | null,
  { background: wish }: Pick<Sheet, "background">,
): FrameNote | null {
  const background = mount?.background ?? null;
  if (background === null) return null;
  const words = background === "checker" ? "a checker" : background;
  const why = wish === "auto" ? ", which it differs from" : "";
  return {
    key: `on ${background}`,
    text: `It is transparent in places, and sent on ${words}${why}.`,
    short: `on ${words}`,
  };
}

function fitNote(
  facts: PictureFacts,
  recipe: Recipe,
  { mount, sheet }: { mount: Mount | null; sheet: Pick<Sheet, "copySide"> },
): FrameNote | null {
  const { plain, drawn, whole } = sentSizes(copySizeOf(facts, sheet), recipe, mount);
  const [size, shorter] = [sizeText(whole), Math.min(whole.width, whole.height)];
  const least = `The model takes no side under ${mount?.fit?.leastSide ?? 0} px`;
  if (whole.width > drawn.width || whole.height > drawn.height)
    return {
      key: `padded to ${size}`,
      text: `${least}, so it is padded to ${size} px when it is sent.`,
      short: `padded to ${size} px`,
    };
  if (drawn.width > plain.width || drawn.height > plain.height)
    return {
      key: `enlarged to ${size}`,
      text: `${least}, so it is enlarged to ${size} px when it is sent.`,
      short: `enlarged to ${shorter} px`,
    };
  return null;
}

/** "1,024 × 28" */
function sizeText({ width, height }: { width: number; height: number }): string {
  return `${grouped(width)} × ${grouped(height)}`;
}

/** That too little of a long picture can be seen as it is sent, or that its parts are sent instead; null for any other. */
export function lengthNote(
  facts: PictureFacts,
  parts: number,
  sheet: Pick<Sheet, "fields">,
): FrameNote | null {
  if (parts > 0)
    return {
      key: "split",
      text: "Its parts are asked about instead.",
      short: `split into ${grouped(parts)} parts`,
    };
  if (partsOf(facts, sheet).length === 0) return null;
  const { width, height } = facts;
  const side = longestSide(sheet);
  const shorter = Math.round((Math.min(width, height) * side) / Math.max(width, height));
  const across = `${grouped(Math.max(1, shorter))} px ${height >= width ? "wide" : "high"}`;
  return {
    key: "long",
    text: `At ${grouped(side)} px this is ${across}: its text can’t be read.`,
    short: `too long: ${across} when sent`,
  };
}

/** The notes on an image’s frame. */
export function useFrameNotes(
  { id }: Pick<SheetImage, "id">,
  facts: PictureFacts | null,
): readonly FrameNote[] {
  const sheet = useSheet((state) => state.sheet);
  const parts = useSheet((state) => partCount(state, id));
  if (facts === null) return [];
  const asked = askedFields(sheet).map(({ recipe }) => askedRecipe(recipe));
  const length = lengthNote(facts, parts, sheet);
  return [...(length === null ? [] : [length]), ...frameNotes(facts, asked, sheet)];
}
