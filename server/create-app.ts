import { type Context, Hono, type MiddlewareHandler } from "hono";
import {
  DEFAULT_SERVICE_URL,
  DRY_RUN_HEADER,
  HEALTH_PATH,
  TASKS_PATH,
} from "#src/contract/endpoint.ts";
import type { Health } from "#src/contract/health.ts";
import { type ApiError, apiErrorResponse } from "./api-error.ts";
import { ConnectionDropped } from "./sandbox/connection-dropped.ts";
import { type LoggedRoute, logRequests } from "./request-log.ts";
import type { Settings } from "./settings.ts";
import { serveStaticFiles, type StaticFiles } from "./static-files.ts";
import { BODY_RULES, type BodyRules, takeTasks } from "./task-route.ts";
import type { Upstream } from "./upstream.ts";
import { ANSWER_MARK_HEADER } from "#src/contract/answer-mark.ts";
import { PROXY_WORD_HEADER } from "#src/contract/proxy-word.ts";
import { type HostRules, isOwnHost } from "./request-hosts.ts";
import { secureHeaders } from "hono/secure-headers";
import { contentSecurityPolicy } from "./content-security-policy.ts";

export interface AppOptions {
  settings: Pick<Settings, "host" | "allowedHosts" | "allowedOrigins" | "proxyUrls"> &
    Partial<Pick<Settings, "hstsSeconds">>;
  upstream: Upstream;
  version: string;
  /** The build; null if Vite serves the page itself. */
  files: StaticFiles | null;
  /** Takes one line of the request log, without its line ending. */
  log: (line: string) => void;
  /** Milliseconds on any clock that never goes back. */
  now: () => number;
  /** How bodies are read; BODY_RULES by default. */
  bodies?: BodyRules;
}

/**
 * The whole server except its socket: guards, `/api/v1`, `/api/health`, and the build for every other path.
 */
export function createApp({ settings, files, ...options }: AppOptions): Hono<LoggedRoute> {
  const app = new Hono<LoggedRoute>();
  // Comes before the guards, so that what they refuse is logged as well.
  app.post(`/api${TASKS_PATH}`, logRequests(options.log, options.now));
  // Vite's page needs its own policy during development, so without the build there is none from here.
  if (files !== null)
    app.use(
      setSecurityHeaders({
        connect: pageMayCall(settings.proxyUrls),
        hstsSeconds: settings.hstsSeconds ?? null,
      }),
    );
  app.use(guardHost({ listensOn: settings.host, allowedHosts: settings.allowedHosts }));
  app.use("/api/*", guardOrigin(settings.allowedOrigins));
  app.route("/api", createApi({ settings, ...options }));
  app.all("/api", noSuchRoute);
  app.all("/api/*", noSuchRoute);
  if (files !== null) app.all("*", serveStaticFiles(files));
  app.onError((error, context) => {
    // A scenario of the sandbox: the caller must see its connection break, not an answer.
    if (error instanceof ConnectionDropped) context.env.incoming?.socket.destroy();
    else options.log(`error=${whereItBroke(error)}`);
    // The reply may have caused the failure as well as the request.
    return apiErrorResponse(internalError, "after");
  });
  return app;
}

/** What the page may call besides this server, for its Content-Security-Policy. */
export function pageMayCall(proxyUrls: readonly string[]): readonly string[] {
  return [DEFAULT_SERVICE_URL, ...proxyUrls];
}

function createApi({
  settings,
  upstream,
  version,
  now,
  bodies = BODY_RULES,
}: Omit<AppOptions, "files" | "log">) {
  const api = new Hono<LoggedRoute>();
  const health: Health = {
    upstream: upstream.kind,
    version,
    ...(settings.proxyUrls.length > 0 && { proxies: [...settings.proxyUrls] }),
  };
  api.get(HEALTH_PATH, (context) => context.json(health, 200, { "Cache-Control": "no-store" }));
  api.post(TASKS_PATH, guardJson, takeTasks({ upstream, now, bodies }));
  if (upstream.control) api.route("/sandbox", upstream.control);
  return api;
}

function noSuchRoute(): Response {
  const message = `This API has POST /api${TASKS_PATH} and GET /api${HEALTH_PATH}, and nothing else.`;
  return apiErrorResponse({ status: 404, code: "routeNotFound", message }, "before");
}

/** An error's kind and place. Its message is left out, since it may repeat what was read. */
function whereItBroke(error: Error): string {
  const frames = error.stack?.split("\n").filter((line) => line.startsWith("    at ")) ?? [];
  return [error.name, frames[0]?.trim()].join(" ");
}

const internalError = {
  status: 500,
  code: "internalServerError",
  message: "This server failed while handling the request: try again later.",
};

const HOUR_SECONDS = 3_600;

/**
 * Refuses requests that name another host. It comes before everything, including the static files.
 */
function guardHost(rules: HostRules): MiddlewareHandler {
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
function guardOrigin(allowedOrigins: readonly string[]): MiddlewareHandler {
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
const guardJson: MiddlewareHandler = async (context, next) => {
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

export interface SecurityHeaderOptions {
  /** Addresses the page may call besides its own origin. */
  connect: readonly string[];
  /** How long browsers should insist on https; null leaves it unsaid. */
  hstsSeconds: number | null;
}

/** Puts the app's policy and its companions on every answer, including errors and JSON. */
function setSecurityHeaders({ connect, hstsSeconds }: SecurityHeaderOptions): MiddlewareHandler {
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
