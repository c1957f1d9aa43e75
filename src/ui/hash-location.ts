import { useSyncExternalStore } from "react";

export interface HashLocation {
  /** Starts with a slash. */
  path: string;
  /** What stands behind a question mark inside the hash: it never reaches a server. */
  params: URLSearchParams;
}

/** Where the page is, by the hash of its address alone. Renders anew with every change. */
export function useHashLocation(): HashLocation {
  return splitHash(useSyncExternalStore(subscribeToHash, () => window.location.hash));
}

/** The same, read once. */
export function readHashLocation(): HashLocation {
  return splitHash(window.location.hash);
}

/**
 * Goes to a path inside the app. Parameters stay behind the hash's own question mark: in front of it they would reach
 * the server's log.
 */
export function navigateHash(
  path: string,
  options: { params?: URLSearchParams; replace?: boolean } = {},
): void {
  const query = options.params?.toString() ?? "";
  const hash = `#${path}${query === "" ? "" : `?${query}`}`;
  if (hash === window.location.hash) return;
  if (options.replace === true) window.history.replaceState(null, "", hash);
  else window.history.pushState(null, "", hash);
  // Neither of the two tells anyone by itself.
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

function subscribeToHash(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

function splitHash(hash: string): HashLocation {
  const [path = "", ...query] = hash.replace(/^#?\/?/, "").split("?");
  return { path: `/${path}`, params: new URLSearchParams(query.join("?")) };
}
