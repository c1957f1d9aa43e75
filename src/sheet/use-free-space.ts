import { useState } from "react";
import { counted } from "#src/lib/counted.ts";
import { useSheetFileWork } from "#src/state/files/sheet-file-work.ts";
import { useServices } from "#src/state/services.ts";
import { showToast } from "#src/ui/toasts.ts";
import { report } from "./tell.ts";

/** Removes for good what was deleted or removed on any sheet, and says what went. */
export function useFreeSpace(onFreed: () => void): { isDisabled: boolean; free: () => void } {
  const { workspace } = useServices();
  // A sheet that is being opened from a file counts as deleted until all of it is there.
  const isOpening = useSheetFileWork(({ work }) => work !== null);
  const [isFreeing, setIsFreeing] = useState(false);
  const free = async (): Promise<void> => {
    setIsFreeing(true);
    try {
      const purged = await workspace.freeSpace();
      // Replaces the undo that a toast may still offer.
      showToast({ text: goneText(purged), kind: "undo" });
      onFreed();
    } finally {
      setIsFreeing(false);
    }
  };
  return { isDisabled: isOpening || isFreeing, free: () => report(free()) };
}

function goneText({
  sheets,
  images,
  awaited,
}: Record<"sheets" | "images" | "awaited", number>): string {
  const stay =
    awaited === 0
      ? ""
      : ` ${counted(awaited, "stays until its", "stay until their")} tasks have ended.`;
  if (sheets === 0 && images === 0)
    return awaited === 0
      ? "There was nothing to free: delete a sheet or remove images first."
      : `Nothing was freed yet:${stay}`;
  const counts = [
    sheets > 0 ? counted(sheets, "sheet") : "",
    images > 0 ? counted(images, "image") : "",
  ];
  return `Permanently deleted: ${counts.filter((text) => text !== "").join(" and ")}.${stay}`;
}
