/** Base addresses of the proxies that a build for a static host was given by VITE_PROXY_URLS. */
export function builtInProxies(): string[] {
  const listed: unknown = import.meta.env["VITE_PROXY_URLS"];
  if (typeof listed !== "string") return [];
  return listed
    .split(/[\s,]+/u)
    .filter((url) => url !== "")
    .map((url) => url.replace(/\/+$/u, ""));
}
