import type { PictureFormat, PictureNote, RemovedPart } from "#src/domain/picture.ts";
import { indexOfText } from "./headers/bytes.ts";
import { differsFromSrgb } from "./headers/colour-profile.ts";
import type { PictureHeader } from "./headers/picture-header.ts";
import type { ExifFacts } from "./headers/read-exif.ts";

const formatsTurnedByTheirDecoder: ReadonlySet<PictureFormat> = new Set(["avif", "heic"]);

/** The turn that drawing has to make, 1–8; 1 if the decoder makes it, whatever EXIF says. */
export function orientationToApply(format: PictureFormat, exif: ExifFacts): number {
  return formatsTurnedByTheirDecoder.has(format) ? 1 : exif.orientation;
}

/** Whether the file says where it was taken, in EXIF or in XMP. */
export function hasLocation(header: PictureHeader, exif: ExifFacts): boolean {
  return exif.hasLocation || (header.xmp !== null && indexOfText(header.xmp, "GPSLatitude") !== -1);
}

/** What the file says beyond its pixels, none of which is in the copy. */
export function removedParts(header: PictureHeader, exif: ExifFacts): readonly RemovedPart[] {
  const parts: RemovedPart[] = [];
  if (hasLocation(header, exif)) parts.push("location");
  if (exif.camera !== null) parts.push("camera");
  if (exif.capturedAt !== null) parts.push("capture-date");
  if (exif.hasThumbnail || header.thumbnail) parts.push("thumbnail");
  if (header.xmp !== null || header.otherMetadata) parts.push("other-metadata");
  return parts;
}

/** Whether the file's colours must be converted to become sRGB. */
export async function hasOtherColours(header: PictureHeader): Promise<boolean> {
  return header.foreignColours || (await differsFromSrgb(header.profile));
}

/** What the user should know about how the file was read; `found` is what its header's own fields do not show. */
export function pictureNotes(
  header: PictureHeader,
  found: { otherColours: boolean; truncated: boolean; transparent: boolean },
): readonly PictureNote[] {
  const notes: PictureNote[] = [];
  if (header.severalFrames) notes.push("first-frame-only");
  if (found.truncated) notes.push("truncated");
  if (found.otherColours) notes.push("colours-converted");
  if (found.transparent) notes.push("alpha-on-white");
  return notes;
}
