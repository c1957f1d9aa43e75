import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { contentSecurityPolicy } from "./content-security-policy.ts";

export interface SecurityHeaderOptions {
  /** Addresses the page may call beside its own origin. */
  connect: readonly string[];
  /** How long browsers are to insist on https; null says nothing of it. */
  hstsSeconds: number | null;
}

/** Puts the app's policy and its companions on every answer, errors and JSON included. */
export function setSecurityHeaders({
  connect,
  hstsSeconds,
}: SecurityHeaderOptions): MiddlewareHandler {
  const policy = contentSecurityPolicy({ connect, place: "header" });
  const setOthers = secureHeaders({
    // Hono's defaults are Helmet's; what differs from them is said here.
    strictTransportSecurity: hstsSeconds === null ? false : `max-age=${hstsSeconds}`,
    xFrameOptions: "DENY",
    // For pages that embed without CORS; those of ALLOWED_ORIGINS ask with it.
    crossOriginResourcePolicy: "same-origin",
    permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
  });
  return async (context, next) => {
    await setOthers(context, next);
    context.header("Content-Security-Policy", policy);
  };
}
