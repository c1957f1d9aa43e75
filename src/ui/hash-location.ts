import { useHashLocation as useWouterLocation } from "wouter/use-hash-location";

export interface HashLocation {
  /** Starts with a slash. */
  path: string;
  /** What stands behind a question mark inside the hash: it never reaches a server. */
  params: URLSearchParams;
}

/** Where the page is, by the hash of its address alone. Renders anew with every change. */
export function useHashLocation(): HashLocation {
  const [location] = useWouterLocation();
  return splitHash(location);
}

/** The same, read once. */
export function readHashLocation(): HashLocation {
  return splitHash(window.location.hash);
}

/**
 * Goes to a path inside the app. Not wouter's own navigate, which moves the parameters in front of the hash, where
 * they would reach the server's log.
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

function splitHash(hash: string): HashLocation {
  const [path = "", ...query] = hash.replace(/^#?\/?/, "").split("?");
  return { path: `/${path}`, params: new URLSearchParams(query.join("?")) };
}
