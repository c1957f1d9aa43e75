import { getRequestListener } from "@hono/node-server";
import type { Plugin } from "vite";
import type { createDevelopmentApp } from "#server/development-app.ts";

const APP_MODULE = "/server/development-app.ts";

/**
 * Mounts this project's API in Vite's development server. A change to the server's sources starts it again.
 */
export function developmentApi(): Plugin {
  return {
    name: "contact-sheet:development-api",
    apply: "serve",
    async configureServer(vite) {
      const listeners = new WeakMap<object, ReturnType<typeof getRequestListener>>();
      const load = async (): Promise<ReturnType<typeof getRequestListener>> => {
        const module: object = await vite.ssrLoadModule(APP_MODULE);
        const known = listeners.get(module);
        if (known !== undefined) return known;
        if (!isAppModule(module)) throw new Error(`${APP_MODULE} has no createDevelopmentApp.`);
        const app = await module.createDevelopmentApp((line) => {
          vite.config.logger.info(line);
        });
        const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
        listeners.set(module, listener);
        return listener;
      };
      // At once, so that a malformed variable is reported at the start.
      await load();
      vite.middlewares.use((request, response, next) => {
        if (!/^\/api(?:[/?]|$)/u.test(request.url ?? "")) {
          next();
          return;
        }
        load().then(async (listener) => listener(request, response), next);
      });
    },
  };
}

function isAppModule(
  module: object,
): module is { createDevelopmentApp: typeof createDevelopmentApp } {
  return "createDevelopmentApp" in module;
}
