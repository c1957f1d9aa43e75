import { useSyncExternalStore } from "react";

export interface HashLocation {
  /** Starts with a slash. */
  path: string;
  /** What follows a question mark inside the hash: it never reaches a server. */
  params: URLSearchParams;
  /** True if they came with a link from elsewhere: it named nothing that is here, and they are still to be adopted. */
  isBrought: boolean;
}

/** Where the page is, by the hash of its address alone. Renders again with every change. */
export function useHashLocation(): HashLocation {
  return splitHash(useSyncExternalStore(subscribeToHash, () => window.location.hash));
}

/** The same, read once. */
export function readHashLocation(): HashLocation {
  return splitHash(window.location.hash);
}

/**
 * Goes to a path inside the app. Parameters come after the hash's own question mark: before the hash they would reach
 * the server's log.
 */
export function navigateHash(
  path: string,
  options: { params?: URLSearchParams; replace?: boolean; isBrought?: boolean } = {},
): void {
  const query = options.params?.toString() ?? "";
  const hash = `#${path}${query === "" ? "" : `?${query}`}`;
  const isSame = hash === window.location.hash;
  const { isBrought = isSame && wasBrought() } = options;
  if (isSame && isBrought === wasBrought()) return;
  // Stored with the history's entry, so that it goes where the address goes, and is in no address that is passed on.
  if (options.replace === true) window.history.replaceState({ isBrought }, "", hash);
  else window.history.pushState({ isBrought }, "", hash);
  // Neither of the two sends an event by itself.
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

function subscribeToHash(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

function wasBrought(): boolean {
  const state: unknown = window.history.state;
  return (
    typeof state === "object" && state !== null && "isBrought" in state && state.isBrought === true
  );
}

function splitHash(hash: string): HashLocation {
  const [path = "", ...query] = hash.replace(/^#?\/?/, "").split("?");
  return {
    path: `/${path}`,
    params: new URLSearchParams(query.join("?")),
    isBrought: wasBrought(),
  };
}
