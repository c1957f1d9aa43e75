import { readProxyList } from "#src/contract/proxy-list.ts";

/** Base addresses of the proxies that a build for a static host was given by VITE_PROXY_URLS. */
export function builtInProxies(): readonly string[] {
  const listed: unknown = import.meta.env["VITE_PROXY_URLS"];
  return typeof listed === "string" ? (readProxyList(listed) ?? []) : [];
}
