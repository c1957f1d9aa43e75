import { createApp } from "./create-app.ts";
import { createUpstream } from "./create-upstream.ts";
import { readSettings } from "./settings.ts";

/**
 * The API alone, as the development server mounts it beside Vite's own page. Nothing in it shuts down
 * gracefully.
 */
export async function createDevelopmentApp(log: (line: string) => void) {
  const settings = readSettings(process.env);
  const now = (): number => performance.now();
  const stopping = new AbortController().signal;
  return createApp({
    settings,
    // oxlint-disable-next-line no-restricted-globals -- what main.ts is to the built server, this file is to the development server
    upstream: await createUpstream({ settings, fetch, stopping }),
    version: "development",
    files: null,
    log,
    now,
  });
}
