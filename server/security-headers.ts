import type { MiddlewareHandler } from "hono";
import { contentSecurityPolicy } from "./content-security-policy.ts";

/** Puts the app's policy and its companions on every answer, errors and JSON included. */
export function setSecurityHeaders(connect: readonly string[]): MiddlewareHandler {
  const headers = {
    "Content-Security-Policy": contentSecurityPolicy({ connect, place: "header" }),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    // For pages that embed without CORS; those of ALLOWED_ORIGINS ask with it.
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  };
  return async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) context.header(name, value);
  };
}
