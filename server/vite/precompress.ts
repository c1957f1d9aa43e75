import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const COMPRESSIBLE = [".css", ".html", ".js", ".json", ".md", ".mjs", ".svg", ".txt", ".wasm"];
const LEAST_BYTES = 1_024;
/** Beyond this the best quality takes a minute of the build, to save a seventh. */
const LARGE_BYTES = 4_000_000;
const LARGE_QUALITY = 9;

/** Writes a .br and a .gz beside each built file that gets smaller by it, for servers that send them unchanged. */
export function precompress(): Plugin {
  let directory = "";
  return {
    name: "contact-sheet:precompress",
    apply: "build",
    configResolved(config) {
      directory = resolve(config.root, config.build.outDir);
    },
    // By now the files of public/ are there as well, and unlike closeBundle this does not run for a build that
    // failed.
    writeBundle: {
      order: "post",
      sequential: true,
      handler: () => {
        packAll(directory);
      },
    },
  };
}

function packAll(directory: string): void {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && COMPRESSIBLE.includes(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of files) {
    const plain = readFileSync(file);
    if (plain.byteLength < LEAST_BYTES) continue;
    const brotli = brotliCompressSync(plain, {
      params: {
        [constants.BROTLI_PARAM_SIZE_HINT]: plain.byteLength,
        [constants.BROTLI_PARAM_QUALITY]:
          plain.byteLength > LARGE_BYTES ? LARGE_QUALITY : constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      },
    });
    if (brotli.byteLength < plain.byteLength) writeFileSync(`${file}.br`, brotli);
    const gzip = gzipSync(plain, { level: constants.Z_BEST_COMPRESSION });
    if (gzip.byteLength < plain.byteLength) writeFileSync(`${file}.gz`, gzip);
  }
}
