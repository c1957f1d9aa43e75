/**
 * What our proxy says in a reply that it made itself and did not get from the service: whether it gave up "before" any
 * of the tasks was forwarded, or "after", when the service may have them.
 */
export type ProxyWord = "before" | "after";

/** The response header that holds a ProxyWord. A reply that was passed on has none. */
export const PROXY_WORD_HEADER = "X-Contact-Sheet-Proxy";

/** The word in the header; null if the reply is not a proxy's own. An unknown word counts as "after". */
export function readProxyWord(header: string | null): ProxyWord | null {
  if (header === null) return null;
  return header.trim().toLowerCase() === "before" ? "before" : "after";
}
