import { useEffect } from "react";
import type { CompareSettings } from "#src/domain/compare-settings.ts";
import { navigateHash, readHashLocation, useHashLocation } from "#src/ui/hash-location.ts";
import { showToast } from "#src/ui/toasts.ts";
import { useDesk } from "./compare-desk.ts";
import { writeSetup } from "./read-compare-settings.ts";

const NAME = "setup";
const SETTLED_MS = 400;

// What this tab itself wrote: anything else in the address came with a link.
let written: string | null = null;

/** The link that recreates the columns of these settings, on any machine. */
export function setupHref(settings: CompareSettings): string {
  const params = new URLSearchParams({ [NAME]: writeSetup(settings) });
  const page = new URL(window.location.href);
  page.hash = `#/compare?${params.toString()}`;
  return page.href;
}

/** Takes over the set-up of a link that was opened, and keeps the address telling the set-up as it is. */
export function SetupLink({ settings }: { settings: CompareSettings }) {
  const { columns } = useDesk();
  const setup = writeSetup(settings);
  const { params } = useHashLocation();
  const linked = params.get(NAME);
  useEffect(() => {
    if (linked === null || linked === written) return;
    written = linked;
    if (!columns.takeSetup(linked))
      showToast({
        text: "The columns in this link could not be read: the link may have been cut off.",
        tone: "warn",
        kind: "setup",
      });
  }, [linked, columns]);
  useEffect(() => {
    // A prompt that is being typed changes the address once, not with every letter.
    const timer = setTimeout(() => {
      const { path, params: now } = readHashLocation();
      const isForeign = now.get(NAME) !== null && now.get(NAME) !== written;
      if (!path.startsWith("/compare") || isForeign) return;
      written = setup;
      now.set(NAME, setup);
      navigateHash(path, { params: now, replace: true });
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [setup]);
  return null;
}
