import * as v from "valibot";
import type { Sheet } from "#src/domain/sheet.ts";

const allowance = v.object({ uploadsOnce: v.literal(true) });

/** Whether a sheet's pictures may rest with the service: only by the person's word, and never those of a memory-only sheet. */
export function allowsUploads({ keeping, compare }: Sheet): boolean {
  return keeping === "disk" && v.is(allowance, compare);
}
