import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, posix } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Handler } from "hono";
import { POLICY_META_TAG, policyMetaTag } from "./content-security-policy.ts";
import { OperatorError } from "./operator-error.ts";

type Encoding = "br" | "gzip";

interface StaticFile {
  type: string;
  cacheControl: string;
  etag: string;
  plain: Buffer;
  packed: Partial<Record<Encoding, Buffer>>;
}

/** The build's files by path, such as `/assets/main-B0xQ.js`. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

const PAGE = "/index.html";
const SUFFIXES = { br: ".br", gzip: ".gz" } as const;

/**
 * Reads the whole build into memory (30 MB, most of it the decoders'), so that no request can name a file outside it.
 * @param connect Addresses that the page's policy lets it call; they replace those known at build time.
 * @throws OperatorError if there is no readable build.
 */
export function readStaticFiles(directory: string, connect: readonly string[]): StaticFiles {
  try {
    const names = readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => posix.join("/", relativePath(directory, join(entry.parentPath, entry.name))));
    const files = new Map<string, StaticFile>();
    for (const name of names) {
      if (name.endsWith(SUFFIXES.br) || name.endsWith(SUFFIXES.gzip)) continue;
      const file = name === PAGE ? readPage(directory, connect) : readAsset(directory, name, names);
      files.set(name, file);
    }
    if (!files.has(PAGE)) throw new Error("no index.html");
    return files;
  } catch {
    throw new OperatorError(
      `The build in ${directory} can't be read: delete that folder and run npm start again.`,
    );
  }
}

/** Serves the build: files unchanged, the app for paths that name no file, 404 for files that don't exist. */
export function serveStaticFiles(files: StaticFiles): Handler {
  return (context) => {
    if (context.req.method !== "GET" && context.req.method !== "HEAD") {
      return context.text("Method not allowed.", 405, { Allow: "GET, HEAD" });
    }
    const { path } = context.req;
    const file = files.get(path === "/" ? PAGE : path);
    if (file !== undefined) return answer(file, context.req.raw.headers);
    if (namesFile(path)) return context.text("Not found.", 404, { "Cache-Control": "no-store" });
    const depth = path.split("/").length - 2;
    // The page's addresses are relative, so below the top it would look for its scripts in the wrong place. The way
    // up is relative too, since a proxy in front may have cut a prefix off. Browsers keep the hash on the way.
    if (depth > 0) return context.redirect("../".repeat(depth));
    const page = files.get(PAGE);
    return page === undefined ? context.notFound() : answer(page, context.req.raw.headers);
  };
}

function answer(file: StaticFile, request: Headers): Response {
  const headers = new Headers({
    "Content-Type": file.type,
    "Cache-Control": file.cacheControl,
    ETag: file.etag,
    Vary: "Accept-Encoding",
  });
  if (matches(request.get("If-None-Match"), file.etag)) {
    return new Response(null, { status: 304, headers });
  }
  const encoding = chooseEncoding(file, request.get("Accept-Encoding"));
  if (encoding !== null) headers.set("Content-Encoding", encoding);
  const body = (encoding && file.packed[encoding]) ?? file.plain;
  headers.set("Content-Length", String(body.byteLength));
  return new Response(body, { headers });
}

function readAsset(directory: string, name: string, names: readonly string[]): StaticFile {
  const read = (path: string): Buffer => readFileSync(join(directory, path));
  const packed = Object.entries(SUFFIXES)
    .filter(([, suffix]) => names.includes(name + suffix))
    .map(([encoding, suffix]) => [encoding, read(name + suffix)]);
  return staticFile(name, read(name), Object.fromEntries(packed));
}

/**
 * The page carries the policy of its build in a meta tag, which would apply in addition to the header, so both must be
 * this server's.
 */
function readPage(directory: string, connect: readonly string[]): StaticFile {
  const built = readFileSync(join(directory, PAGE), "utf8");
  const page = Buffer.from(built.replace(POLICY_META_TAG, () => policyMetaTag(connect)));
  return staticFile(PAGE, page, { br: brotliCompressSync(page), gzip: gzipSync(page) });
}

function staticFile(name: string, plain: Buffer, packed: StaticFile["packed"]): StaticFile {
  const hash = createHash("sha256").update(plain).digest("base64url").slice(0, 22);
  return {
    type: CONTENT_TYPES[extname(name).toLowerCase()] ?? "application/octet-stream",
    cacheControl: name.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    // Weak, because the encodings of one file share it.
    etag: `W/"${hash}"`,
    plain,
    packed,
  };
}

function chooseEncoding(file: StaticFile, accepted: string | null): Encoding | null {
  const offers = new Map(
    (accepted ?? "").split(",").map((offer) => {
      const [name = "", ...parameters] = offer.split(";").map((part) => part.trim().toLowerCase());
      return [name, !parameters.some((parameter) => /^q=0(?:\.0*)?$/u.test(parameter))] as const;
    }),
  );
  const order = ["br", "gzip"] as const;
  return order.find((encoding) => file.packed[encoding] && offers.get(encoding) === true) ?? null;
}

function matches(ifNoneMatch: string | null, etag: string): boolean {
  const known = (ifNoneMatch ?? "").split(",").map((entry) => entry.trim());
  return known.includes("*") || known.some((entry) => weakened(entry) === etag);
}

function weakened(etag: string): string {
  return etag.startsWith("W/") ? etag : `W/${etag}`;
}

function namesFile(path: string): boolean {
  return path.startsWith("/assets/") || path.slice(path.lastIndexOf("/")).includes(".");
}

function relativePath(directory: string, file: string): string {
  return file.slice(directory.length).replaceAll("\\", "/");
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};
