import type { Context, MiddlewareHandler } from "hono";
import { ANSWER_MARK_HEADER } from "#src/contract/answer-mark.ts";
import { DRY_RUN_HEADER } from "#src/contract/endpoint.ts";
import { PROXY_WORD_HEADER } from "#src/contract/proxy-word.ts";
import { type ApiError, apiErrorResponse } from "./api-error.ts";
import { type HostRules, isOwnHost } from "./request-hosts.ts";

const HOUR_SECONDS = 3_600;

/**
 * Refuses requests that name another host. It comes before everything, including the static files.
 */
export function guardHost(rules: HostRules): MiddlewareHandler {
  return async (context, next) => {
    if (isOwnHost(context.req.header("Host"), rules)) return next();
    return apiErrorResponse(foreignHost, "before");
  };
}

/**
 * Refuses API requests from pages elsewhere. Pages from `allowedOrigins` are let through, and the headers the app
 * reads are exposed to them. Requests without an Origin come from outside a browser, or are a browser's same-origin
 * reads.
 */
export function guardOrigin(allowedOrigins: readonly string[]): MiddlewareHandler {
  return async (context, next) => {
    const origin = context.req.header("Origin");
    if (origin === undefined) {
      const site = context.req.header("Sec-Fetch-Site") ?? "none";
      if (site !== "none" && site !== "same-origin")
        return apiErrorResponse(foreignOrigin, "before");
      return next();
    }
    if (isSameOrigin(origin, context)) return next();
    if (!allowedOrigins.includes(origin)) return apiErrorResponse(foreignOrigin, "before");
    if (context.req.method === "OPTIONS") return preflight(origin);
    await next();
    context.header("Access-Control-Allow-Origin", origin);
    context.header("Vary", "Origin", { append: true });
    context.header(
      "Access-Control-Expose-Headers",
      ["Retry-After", "Server-Timing", ANSWER_MARK_HEADER, PROXY_WORD_HEADER].join(", "),
    );
  };
}

/**
 * Refuses bodies that are not declared as JSON: a form or a script on another page can't declare that without
 * asking first.
 */
export const guardJson: MiddlewareHandler = async (context, next) => {
  const mediaType = context.req.header("Content-Type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType === "application/json") return next();
  return apiErrorResponse(notJson, "before");
};

/** Compares host names, not schemes: behind a proxy that ends TLS the page is https and this server is not. */
function isSameOrigin(origin: string, context: Context): boolean {
  if (!URL.canParse(origin)) return false;
  return new URL(origin).host === context.req.header("Host")?.toLowerCase();
}

function preflight(origin: string): Response {
  return new Response(null, {
    status: 204,
    headers: {
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Allow-Methods": "GET, POST",
      "Access-Control-Allow-Headers": `Content-Type, ${DRY_RUN_HEADER}`,
      "Access-Control-Max-Age": String(HOUR_SECONDS),
      Vary: "Origin",
    },
  });
}

const foreignHost: ApiError = {
  status: 403,
  code: "forbiddenHost",
  message:
    "This server does not answer to the host name in the request: use the address it printed, or name the host in ALLOWED_HOSTS.",
};

const foreignOrigin: ApiError = {
  status: 403,
  code: "forbiddenOrigin",
  message:
    "This server does not take requests from pages of other origins: name the page's origin in ALLOWED_ORIGINS.",
};

const notJson: ApiError = {
  status: 415,
  code: "unsupportedContentType",
  message: "The body must be JSON, with Content-Type: application/json.",
};
