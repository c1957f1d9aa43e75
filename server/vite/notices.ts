import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Plugin } from "vite";

export interface NoticesOptions {
  /** Texts that replace a package's own licence file: paths of files, by package. */
  texts: Readonly<Record<string, string>>;
  /** Folders of packages that a style sheet imports: the bundler sees no modules of them. */
  styles: readonly string[];
}

/** The file beside the page; the settings link to it. */
const NOTICES_FILE = "notices.txt";

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)/iu;
const RULE = "-".repeat(80);

/**
 * Writes the notices of all libraries that a build ships: those of its scripts, its workers, its styles, and its fonts
 * and wasm files. `main` is a plugin of the build, `worker` one of its workers, which are built separately.
 */
export function notices({ texts, styles }: NoticesOptions): { main: Plugin; worker: () => Plugin } {
  const folders = new Set<string>(styles);
  const collect: NonNullable<Plugin["generateBundle"]> = {
    order: "post",
    handler(_, bundle) {
      const files = Object.values(bundle).flatMap((output) =>
        output.type === "chunk" ? output.moduleIds : output.originalFileNames,
      );
      for (const file of files) {
        // Fonts and wasm files are named relative to the project's folder.
        const folder = packageFolder(resolve(this.environment.config.root, file));
        if (folder !== null) folders.add(folder);
      }
      if (this.environment.config.isWorker) return;
      const source = writeNotices([...folders], texts);
      this.emitFile({ type: "asset", fileName: NOTICES_FILE, source });
    },
  };
  const plugin = (): Plugin => ({
    name: "contact-sheet:notices",
    apply: "build",
    generateBundle: collect,
  });
  return { main: plugin(), worker: plugin };
}

/** The folder of the package that a file belongs to; null if there is none. */
function packageFolder(file: string): string | null {
  const path = file.split("?")[0]?.replaceAll("\\", "/").replace("\0", "") ?? "";
  const found = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(path)?.[1];
  return found !== undefined && existsSync(join(found, "package.json")) ? found : null;
}

function writeNotices(folders: readonly string[], texts: NoticesOptions["texts"]): string {
  const entries = folders
    .map((folder) => writeNotice(folder, texts))
    .toSorted((left, right) => left.localeCompare(right, "en"));
  return [
    "Contact Sheet is made with the libraries, fonts and decoders below. Thanks to all who wrote them.",
    ...new Set(entries),
  ].join(`\n\n${RULE}\n\n`);
}

function writeNotice(folder: string, texts: NoticesOptions["texts"]): string {
  const { name, version, license } = readPackage(folder);
  const own = texts[name];
  const files = own === undefined ? licenceFiles(folder) : [own];
  const head = `${name} ${version} (${license})`;
  return [head, ...files.map((file) => readFileSync(file, "utf8").trim())].join("\n\n");
}

/** All of them: a NOTICE beside the licence names what a package has from others. */
function licenceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map(({ name }) => join(folder, name))
    .toSorted();
}

function readPackage(folder: string): { name: string; version: string; license: string } {
  const read: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const fields = new Map(Object.entries(Object(read)));
  const textOf = (field: string): string => {
    const value = fields.get(field);
    return typeof value === "string" ? value : "not said";
  };
  return { name: textOf("name"), version: textOf("version"), license: textOf("license") };
}
