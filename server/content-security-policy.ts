// vite.config.ts imports this before aliases exist, so nothing here may import across folders.

export interface PolicyOptions {
  /** Addresses the page may call besides its own origin: the service and the operator's proxies. */
  connect: readonly string[];
  /**
   * A meta tag can't carry `frame-ancestors`: browsers ignore it there and complain. The development server's header
   * is looser because Vite's client needs inline scripts and styles, and a socket.
   */
  place: "header" | "meta" | "development";
}

/**
 * The app's Content-Security-Policy, one text for the server's header and the static build's meta tag.
 * Whatever could run as a script must come from the app's one Trusted Types policy (src/lib/trusted.ts). The
 * HEIC decoder needs WebAssembly; https pictures are previews of images that were added by URL, and
 * data: is for drawings alone: only of those do browsers hand over all that they drew.
 */
export function contentSecurityPolicy({ connect, place }: PolicyOptions): string {
  const origins = [...new Set(connect.map((url) => new URL(url).origin))];
  const inline = place === "development" ? " 'unsafe-inline'" : "";
  if (place === "development") origins.push("ws:");
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval'${inline}`,
    `style-src 'self'${inline}`,
    "worker-src 'self'",
    "img-src 'self' blob: data: https:",
    ["connect-src 'self'", ...origins].join(" "),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  // Vite's client shows its errors by writing markup.
  if (place !== "development") {
    directives.push("require-trusted-types-for 'script'", "trusted-types contact-sheet");
  }
  if (place !== "meta") directives.push("frame-ancestors 'none'");
  return directives.join("; ");
}

/** Matches the meta tag that `policyMetaTag` writes, so that the server can replace it with its own policy. */
export const POLICY_META_TAG = /<meta http-equiv="Content-Security-Policy" content="[^"]*"\s*\/?>/u;

/** The policy as a meta tag, for static hosts. */
export function policyMetaTag(connect: readonly string[]): string {
  const policy = contentSecurityPolicy({ connect, place: "meta" });
  return `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
}
