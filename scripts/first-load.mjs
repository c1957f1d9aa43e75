// @ts-check
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/**
 * What a browser loads of a built page before the user does anything.
 * @typedef {object} FirstLoad
 * @property {string[]} scripts paths inside the build, of the page's scripts and all that they import statically
 * @property {string[]} fonts paths inside the build, of the fonts that the page preloads or its styles name
 */

/**
 * Reads the files of the first load from a build's index.html, scripts and styles.
 * @param {string} buildFolder
 * @returns {FirstLoad}
 * @throws {Error} if there is no build, a named file is missing, or nothing is found to measure
 */
export function readFirstLoad(buildFolder) {
  const page = readText(buildFolder, "index.html");
  const tags = [...page.matchAll(/<(?:script|link)\b[^>]*>/gi)].map(([tag]) => tag);
  const scripts = staticImports(
    buildFolder,
    tags.flatMap((tag) =>
      tag.startsWith("<script")
        ? (attribute(tag, "src") ?? [])
        : rel(tag) === "modulepreload"
          ? (attribute(tag, "href") ?? [])
          : [],
    ),
  );
  const styles = tags.flatMap((tag) =>
    rel(tag) === "stylesheet" ? (attribute(tag, "href") ?? []) : [],
  );
  const preloadedFonts = tags.flatMap((tag) =>
    rel(tag) === "preload" && attribute(tag, "as") === "font" ? (attribute(tag, "href") ?? []) : [],
  );
  const fonts = new Set([
    ...preloadedFonts.map(normalise),
    ...styles.flatMap((style) => fontsOf(buildFolder, normalise(style))),
  ]);
  if (scripts.length === 0) throw new Error("index.html names no script: nothing to measure.");
  if (fonts.size === 0) throw new Error("Neither index.html nor its styles name a font.");
  for (const path of fonts) {
    if (!existsSync(join(buildFolder, path)))
      throw new Error(`${path} is named but was not built.`);
  }
  return { scripts, fonts: [...fonts] };
}

/**
 * @param {string} buildFolder
 * @param {string[]} entries
 */
function staticImports(buildFolder, entries) {
  const found = new Set(entries.map(normalise));
  // A Set also visits what is added to it during the loop.
  for (const path of found) {
    const text = readText(buildFolder, path);
    // Built code starts a static import after a line break or a semicolon, or at the start of the file; import( is the
    // lazy kind.
    const imports = text.matchAll(
      /(?:^|[;\n}])\s*(?:import|export)\s*(?:[\w$*{][^"'`;()]*?from\s*)?["'](\.[^"']+)["']/g,
    );
    for (const [, specifier] of imports) {
      if (specifier) found.add(posix.join(posix.dirname(path), specifier));
    }
  }
  return [...found];
}

/**
 * @param {string} buildFolder
 * @param {string} style
 */
function fontsOf(buildFolder, style) {
  return [...readText(buildFolder, style).matchAll(/url\(["']?([^"')]+\.woff2?)["']?\)/g)].flatMap(
    ([, path]) => (path ? posix.join(posix.dirname(style), path) : []),
  );
}

/**
 * @param {string} tag
 * @param {string} name
 */
function attribute(tag, name) {
  return new RegExp(`\\s${name}=["']([^"']*)["']`, "i").exec(tag)?.[1] ?? null;
}

/** @param {string} tag */
function rel(tag) {
  return attribute(tag, "rel");
}

/** @param {string} path as in index.html: relative, so that the build works under any path */
function normalise(path) {
  return posix.normalize(path.replace(/^\//, ""));
}

/**
 * @param {string} buildFolder
 * @param {string} path
 */
function readText(buildFolder, path) {
  const file = join(buildFolder, path);
  if (!existsSync(file)) {
    throw new Error(`${path} is missing from ${buildFolder}: run npm run build first.`);
  }
  return readFileSync(file, "utf8");
}
