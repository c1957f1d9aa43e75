import type { PictureNote, RemovedPart } from "#src/domain/picture.ts";

const REMOVED: Readonly<Record<RemovedPart, string>> = {
  location: "location",
  camera: "camera",
  "capture-date": "capture date",
  thumbnail: "embedded thumbnail",
  "other-metadata": "other metadata",
};

const NOTES: Readonly<Record<PictureNote, string>> = {
  "first-frame-only": "Only its first frame or page is used.",
  truncated: "The file is cut off; the readable part is used.",
  "colours-converted": "Its colours were converted to sRGB.",
  "alpha-on-white": "What was transparent is now white.",
};

/** "location, camera": the parts of the original that are not in the copy. */
export function removedText(removed: readonly RemovedPart[]): string {
  return removed.length === 0 ? "nothing" : removed.map((part) => REMOVED[part]).join(", ");
}

/** What the user should know about how a picture was read. */
export function noteText(note: PictureNote): string {
  return NOTES[note];
}

/** The same in two words, if less than the whole file is used; null for what makes no visible difference. */
export function shortNoteText(note: PictureNote): string | null {
  switch (note) {
    case "first-frame-only":
      return "first frame only";
    case "truncated":
      return "file cut off";
    case "colours-converted":
    case "alpha-on-white":
      return null;
  }
}

/** "1024 × 768 px": a copy at the longest side it is sent at, never enlarged. */
export function sentPixelsText(copy: { width: number; height: number }, side: number): string {
  const scale = Math.min(1, side / Math.max(copy.width, copy.height));
  const [width, height] = [copy.width, copy.height].map((pixels) =>
    Math.max(1, Math.round(pixels * scale)),
  );
  return `${width} × ${height} px`;
}
