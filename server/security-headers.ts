import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { contentSecurityPolicy } from "./content-security-policy.ts";

export interface SecurityHeaderOptions {
  /** Addresses the page may call besides its own origin. */
  connect: readonly string[];
  /** How long browsers should insist on https; null leaves it unsaid. */
  hstsSeconds: number | null;
}

/** Puts the app's policy and its companions on every answer, including errors and JSON. */
export function setSecurityHeaders({
  connect,
  hstsSeconds,
}: SecurityHeaderOptions): MiddlewareHandler {
  const policy = contentSecurityPolicy({ connect, place: "header" });
  const setOthers = secureHeaders({
    // Hono's defaults are Helmet's; only differences from them are listed here.
    strictTransportSecurity: hstsSeconds === null ? false : `max-age=${hstsSeconds}`,
    xFrameOptions: "DENY",
    // For pages that embed without CORS; those from ALLOWED_ORIGINS use it.
    crossOriginResourcePolicy: "same-origin",
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
  });
  return async (context, next) => {
    await setOthers(context, next);
    context.header("Content-Security-Policy", policy);
  };
}
