import type { Sheet } from "#src/domain/sheet.ts";

/** Whether a sheet's pictures may rest with the service: only by the person's word, and never those of a memory-only sheet. */
export function allowsUploads({ keeping, compare }: Sheet): boolean {
  if (keeping !== "disk" || typeof compare !== "object" || compare === null) return false;
  return "uploadsOnce" in compare && compare.uploadsOnce === true;
}
