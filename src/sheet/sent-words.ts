import type { PictureNote, RemovedPart } from "#src/domain/picture.ts";

const REMOVED: Readonly<Record<RemovedPart, string>> = {
  location: "location",
  camera: "camera",
  "capture-date": "capture date",
  thumbnail: "embedded thumbnail",
  "other-metadata": "other metadata",
};

const NOTES: Readonly<Record<PictureNote, string>> = {
  "first-frame-only": "Only its first frame or page is taken.",
  truncated: "The file breaks off; what could be read of it is taken.",
  "colours-converted": "Its colours were converted to sRGB.",
  "alpha-on-white": "What was transparent is white.",
};

/** "location, camera": what of the original is not in the copy. */
export function removedText(removed: readonly RemovedPart[]): string {
  return removed.length === 0
    ? "nothing had to be"
    : removed.map((part) => REMOVED[part]).join(", ");
}

/** What a person should know of how a picture was read. */
export function noteText(note: PictureNote): string {
  return NOTES[note];
}

/** The same in two words, where less than the whole file is taken; null for what changes nothing that is seen. */
export function shortNoteText(note: PictureNote): string | null {
  switch (note) {
    case "first-frame-only":
      return "first frame only";
    case "truncated":
      return "file breaks off";
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
