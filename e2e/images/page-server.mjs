// @ts-check
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { build } from "vite";

// What the app's own server sends, without the service's address: nothing here may need more than the app is
// given.
const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; worker-src 'self'; img-src 'self' blob: data:";
/** @type {Record<string, string>} */
const types = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

/**
 * Builds one page that tests or measurements run in, and serves it under the app's policy.
 * @param {{ root: string, outDir: string, mounts?: Record<string, string>, policy?: string | null, onPost?: (body:
 * Buffer) => void }} options
 *   `mounts` maps a URL path ("/fixtures/") to a folder; a null `policy` sends none; `onPost` gets what the page posts.
 * @returns {Promise<{ address: string, close: () => Promise<void> }>}
 */
export async function servePage(options) {
  await build({
    configFile: false,
    root: options.root,
    base: "./",
    logLevel: "error",
    build: { outDir: options.outDir, emptyOutDir: true, target: "es2023", assetsInlineLimit: 0 },
    worker: { format: "es" },
  });
  const folders = [...Object.entries(options.mounts ?? {}), ["/", options.outDir]];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://host");
    // Browsers ask for it by themselves, and complain if there is none.
    if (pathname === "/favicon.ico") {
      response.writeHead(204).end();
      return;
    }
    if (request.method === "POST") {
      const parts = [];
      for await (const part of request) parts.push(part);
      options.onPost?.(Buffer.concat(parts));
      response.end();
      return;
    }
    const [mount = "/", folder = ""] =
      folders.find(([path = ""]) => pathname.startsWith(path)) ?? [];
    const name = decodeURIComponent(pathname.slice(mount.length)) || "index.html";
    const path = normalize(join(folder, name));
    try {
      if (!path.startsWith(normalize(folder) + sep)) throw new Error("outside the folder");
      const bytes = await readFile(path);
      response.setHeader("Content-Type", types[extname(path)] ?? "application/octet-stream");
      if (options.policy !== null)
        response.setHeader("Content-Security-Policy", options.policy ?? policy);
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(undefined));
  });
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    address: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
