import { PROMPT_PRESETS } from "#src/catalog/presets.ts";
import {
  DEFAULT_COPY_SIDE,
  DEFAULT_MODEL_ID,
  DEFAULT_RUN,
  DEFAULT_SENT_SIZE,
} from "#src/domain/defaults.ts";
import { newCaptionField } from "#src/domain/field.ts";
import type { Keeping, Sheet } from "#src/domain/sheet.ts";

/** The name of a sheet until the user names it. */
export const UNTITLED = "Untitled sheet";

/**
 * An empty sheet as this device makes it: its cap, its limits and its delivery are the defaults, and nothing is
 * consented to.
 */
export function newSheet(
  services: { now: () => number; newId: () => string },
  options: { name?: string; keeping?: Keeping } = {},
): Sheet {
  const at = services.now();
  return {
    id: services.newId(),
    name: options.name ?? UNTITLED,
    keeping: options.keeping ?? "disk",
    fields: [
      newCaptionField({
        modelId: DEFAULT_MODEL_ID,
        prompt: PROMPT_PRESETS[0].prompt,
        sentSize: DEFAULT_SENT_SIZE,
      }),
    ],
    run: DEFAULT_RUN,
    copySide: DEFAULT_COPY_SIDE,
    filePictures: "none",
    compare: null,
    ageCheck: null,
    createdAt: at,
    editedAt: at,
    deletedAt: null,
  };
}
