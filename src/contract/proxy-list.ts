/** What is said about a malformed list, after the name of the variable that holds it. */
export const PROXIES_ADVICE =
  'must list addresses such as "https://sheets.example.com/api", separated by commas: correct it, or leave it out';

/**
 * Reads the operator's list of proxies: addresses of their APIs, such as `https://sheets.example.com/api`, separated
 * by commas or white space. Each is returned without a trailing slash. Null if an entry is not such an address.
 */
export function readProxyList(text: string): readonly string[] | null {
  const addresses = text.split(/[\s,]+/u).filter(Boolean);
  if (!addresses.every(isApiAddress)) return null;
  return [...new Set(addresses.map((address) => new URL(address).href.replace(/\/$/u, "")))];
}

function isApiAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  const isHttp = protocol === "https:" || protocol === "http:";
  return isHttp && [username, password, search, hash].every((part) => part === "");
}
