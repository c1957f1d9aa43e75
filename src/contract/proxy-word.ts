/**
 * What a proxy of ours says in a reply of its own making, where nothing of the service's is passed on: whether it spoke
 * "before" anything of the tasks was forwarded, or "after", when the service may have them.
 */
export type ProxyWord = "before" | "after";

/** Response header that holds a ProxyWord. A reply that was passed on has none. */
export const PROXY_WORD_HEADER = "X-Contact-Sheet-Proxy";

/** The word in the header; null where the reply is not a proxy's own. An unknown word counts as "after". */
export function readProxyWord(header: string | null): ProxyWord | null {
  if (header === null) return null;
  return header.trim().toLowerCase() === "before" ? "before" : "after";
}
