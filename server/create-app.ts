import { Hono } from "hono";
import { DEFAULT_SERVICE_URL, HEALTH_PATH, TASKS_PATH } from "#src/contract/endpoint.ts";
import type { Health } from "#src/contract/health.ts";
import { apiErrorResponse } from "./api-error.ts";
import { ConnectionDropped } from "./sandbox/connection-dropped.ts";
import { guardHost, guardJson, guardOrigin } from "./request-guards.ts";
import { logRequests, type LoggedRoute } from "./request-log.ts";
import { setSecurityHeaders } from "./security-headers.ts";
import type { Settings } from "./settings.ts";
import { serveStaticFiles, type StaticFiles } from "./static-files.ts";
import { BODY_RULES, type BodyRules, takeTasks } from "./task-route.ts";
import type { Upstream } from "./upstream.ts";

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
