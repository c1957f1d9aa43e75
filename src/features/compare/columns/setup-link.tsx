import { useEffect } from "react";
import type { CompareSettings } from "#src/domain/compare-settings.ts";
import { navigateHash, readHashLocation, useHashLocation } from "#src/ui/hash-location.ts";
import { showToast } from "#src/ui/toasts.ts";
import { useDesk } from "#src/features/compare/compare-desk.ts";
import { writeSetup } from "./settings.ts";

const NAME = "setup";
const SETTLED_MS = 400;

/** The link that recreates the columns of these settings, on any machine. */
export function setupHref(settings: CompareSettings): string {
  const params = new URLSearchParams({ [NAME]: writeSetup(settings) });
  const page = new URL(window.location.href);
  page.hash = `#/compare?${params.toString()}`;
  return page.href;
}

/**
 * Adopts the set-up of a link that was opened, and keeps the current set-up in the address. If the address names a
 * sheet of this device (a reload, a bookmark, the way back), what the sheet holds is newer and takes precedence.
 */
export function SetupLink({ settings }: { settings: CompareSettings }) {
  const { columns } = useDesk();
  const setup = writeSetup(settings);
  const { params, isBrought } = useHashLocation();
  const linked = params.get(NAME);
  useEffect(() => {
    if (!isBrought) return;
    const { path, params: now } = readHashLocation();
    navigateHash(path, { params: now, replace: true, isBrought: false });
    if (linked !== null && !columns.takeSetup(linked))
      showToast({
        text: "The columns in this link could not be read: the link may have been cut off.",
        tone: "warn",
        kind: "setup",
      });
  }, [linked, isBrought, columns]);
  useEffect(() => {
    if (linked === setup) return undefined;
    // A prompt that is being typed changes the address once, not with every letter.
    const timer = setTimeout(() => {
      const { path, params: now, isBrought: isLink } = readHashLocation();
      if (!path.startsWith("/compare") || isLink) return;
      now.set(NAME, setup);
      navigateHash(path, { params: now, replace: true });
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [setup, linked]);
  return null;
}
