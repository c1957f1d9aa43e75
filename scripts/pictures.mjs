// @ts-check
// npm run pictures -- FOLDER: runs every file of a folder through the app's own intake in a real browser, and
// says what became of it.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { BrowserError, findOrInstallBrowser } from "./find-browser.mjs";
import { AROUND_SHARE, judge, PLACES, readIndex, sumUp } from "./picture-table.mjs";

const INDEX = "INDEX.tsv";
const USAGE = `npm run pictures -- FOLDER [--only TEXT]… [--write FOLDER]
  FOLDER        pictures, and ${INDEX} if there is one: what each of them should become
  --only TEXT   only files with this in their names
  --write OUT   keeps the copies there, to look at`;
/** The app ends a picture by itself long before this; it is there to end a hang. */
const MOST_MS_PER_FILE = 5 * 60_000;
/** A sheet grows with every picture, so another one is begun now and then. */
const FILES_PER_SHEET = 100;

/** @typedef {import("./picture-table.mjs").Outcome} Outcome */
/** @typedef {import("./picture-table.mjs").Seen} Seen */

/**
 * What the page tells of a file. `copy` is base64.
 * @typedef {(Extract<Outcome, { kind: "taken" }> & { copy: string, mime: string })
 *   | Extract<Outcome, { kind: "refused" }>} PageOutcome
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: "string", multiple: true }, write: { type: "string" } },
});
const [folder] = positionals;
if (folder === undefined || positionals.length > 1) {
  console.log(USAGE);
  process.exitCode = folder === undefined ? 0 : 1;
} else {
  try {
    const succeeded = await run(resolve(folder), {
      only: values.only ?? [],
      out: values.write === undefined ? null : resolve(values.write),
    });
    process.exitCode = succeeded ? 0 : 1;
  } catch (error) {
    console.error(error instanceof BrowserError ? error.message : error);
    process.exitCode = 1;
  }
}

/**
 * @param {string} from the folder
 * @param {{ only: readonly string[], out: string | null }} options
 * @returns {Promise<boolean>} whether nothing is wrong or against what the index expects
 */
async function run(from, { only, out }) {
  const files = filesIn(from).filter(
    (file) => only.length === 0 || only.some((text) => file.includes(text)),
  );
  const indexPath = join(from, INDEX);
  const index = existsSync(indexPath) ? readIndex(readFileSync(indexPath, "utf8")) : new Map();
  const missing = [...index.keys()].filter(
    (file) =>
      !files.includes(file) && (only.length === 0 || only.some((text) => file.includes(text))),
  );
  const width = Math.max(4, ...files.map((file) => file.length));
  /** @type {import("./picture-table.mjs").Judgement["verdict"][]} */
  const verdicts = [];
  const executablePath = await findOrInstallBrowser();
  const app = await startApp();
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    console.log(
      `${"verdict".padEnd(15)}${"expect".padEnd(9)}${"file".padEnd(width + 2)}what became of it`,
    );
    for (let at = 0; at < files.length; at += FILES_PER_SHEET) {
      const sheet = await openSheet(browser, app.address);
      for (const file of files.slice(at, at + FILES_PER_SHEET)) {
        const { outcome, complaints } = await sheet.offer(join(from, file));
        const expected = index.get(file);
        const { verdict, detail } = judge(outcome, expected);
        verdicts.push(verdict);
        const told = [detail, ...complaints].join(" ");
        console.log(
          `${verdict.padEnd(15)}${(expected?.expect ?? "").padEnd(9)}${file.padEnd(width + 2)}${told}`,
        );
        if (out !== null && outcome.kind === "taken") writeCopy(join(out, file), outcome);
      }
      await sheet.close();
    }
  } finally {
    await browser.close();
    app.stop();
  }
  for (const file of missing) console.log(`The index names ${file}, which is not in the folder.`);
  const { line, succeeded } = sumUp(verdicts);
  console.log(line);
  return succeeded && missing.length === 0;
}

/** @param {string} from @returns {string[]} paths inside it, in order, without what is hidden */
function filesIn(from) {
  return readdirSync(from, { recursive: true, encoding: "utf8" })
    .filter((file) => !/(?:^|[/\\])\./.test(file) && file !== INDEX)
    .filter((file) => statSync(join(from, file)).isFile())
    .toSorted();
}

/** @param {string} path of the original in another folder @param {Extract<PageOutcome, { kind: "taken" }>} outcome */
function writeCopy(path, { copy, mime }) {
  mkdirSync(dirname(path), { recursive: true });
  const ending = mime.replace("image/", "").replace("jpeg", "jpg");
  writeFileSync(`${path}.${ending}`, Buffer.from(copy, "base64"));
}

/** Builds what is stale and serves it, as `npm start` does, without a key: nothing that is tried here may cost anything. */
async function startApp() {
  const { RUNWARE_API_KEY: _key, ...environment } = process.env;
  const child = spawn(process.execPath, [fileURLToPath(new URL("start.mjs", import.meta.url))], {
    env: { ...environment, HOST: "127.0.0.1", PORT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  /** @type {string} */
  const address = await new Promise((found, fail) => {
    /** @param {string} text */
    const read = (text) => {
      log += text;
      const [first] = /http:\/\/127\.0\.0\.1:\d+/.exec(log) ?? [];
      if (first !== undefined) found(first);
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    child.once("close", () => fail(new Error(`The app could not be started:\n${log}`)));
  });
  return { address, stop: () => child.kill() };
}

/**
 * An empty sheet in a browser profile of its own.
 * @param {import("@playwright/test").Browser} browser
 * @param {string} address
 */
async function openSheet(browser, address) {
  const context = await browser.newContext();
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  context.on("weberror", (error) => complaints.push(error.error().message));
  await page.goto(address);
  const input = page.getByLabel("Add images", { exact: true });
  await input.waitFor({ state: "attached" });
  // Its storage is open by then: looking into a database that is not there yet would make an empty one.
  await page
    .getByRole("button", { name: /^Connection: (?!Connecting)/ })
    .first()
    .waitFor();
  return {
    /**
     * Adds one file, and waits for what becomes of it.
     * @param {string} path
     */
    async offer(path) {
      complaints.length = 0;
      const hash = createHash("sha256").update(readFileSync(path)).digest("hex");
      await input.setInputFiles(path);
      const outcome = await page.evaluate(awaitOutcome, {
        hash,
        places: PLACES,
        aroundShare: AROUND_SHARE,
        mostMs: MOST_MS_PER_FILE,
      });
      // What was refused stays on screen until it has been read.
      if (outcome.kind === "refused") {
        const added = page.getByRole("region", { name: "Added files" });
        await added.getByRole("button", { name: "Dismiss" }).click();
        await added.waitFor({ state: "detached" });
      }
      return { outcome, complaints: shortened(complaints) };
    },
    close: () => context.close(),
  };
}

/**
 * What the console said, each text once and no longer than a line.
 * @param {readonly string[]} complaints
 */
function shortened(complaints) {
  return [...new Set(complaints.map((text) => text.slice(0, 80)))].map((text) => {
    const count = complaints.filter((each) => each.startsWith(text)).length;
    return `(console, ${count}×: ${text})`;
  });
}

/**
 * Runs in the page: looks until the picture is kept, or the list of added files says why it is not.
 * @param {{ hash: string, places: typeof PLACES, aroundShare: number, mostMs: number }} asked
 * @returns {Promise<PageOutcome>}
 */
async function awaitOutcome({ hash, places, aroundShare, mostMs }) {
  const end = performance.now() + mostMs;
  while (performance.now() < end) {
    const taken = await readKept();
    if (taken !== null) return taken;
    const line = document.querySelector('[aria-label="Added files"] li');
    if (line !== null) {
      const name = line.querySelector("span")?.textContent ?? "";
      return { kind: "refused", reason: (line.textContent ?? "").slice(name.length).trim() };
    }
    await new Promise((resume) => {
      setTimeout(resume, 25);
    });
  }
  return { kind: "refused", reason: "(the app gave no answer)" };

  /** @returns {Promise<PageOutcome | null>} */
  async function readKept() {
    const database = await ended(indexedDB.open("contact-sheet"));
    try {
      const transaction = database.transaction(["pictures", "copies"]);
      const picture = await ended(transaction.objectStore("pictures").get(hash));
      const copy = await ended(transaction.objectStore("copies").get([hash, 0]));
      if (picture === undefined || copy === undefined) return null;
      const { width, height, notes } = picture.facts;
      return {
        kind: "taken",
        size: `${width}x${height}`,
        notes,
        seen: await levelsOf(copy),
        copy: await base64Of(copy.bytes),
        mime: copy.mime,
      };
    } finally {
      database.close();
    }
  }

  /** @param {{ bytes: ArrayBuffer, mime: string }} copy @returns {Promise<Seen[]>} */
  async function levelsOf({ bytes, mime }) {
    const bitmap = await createImageBitmap(new Blob([bytes], { type: mime }));
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext("2d", {
      willReadFrequently: true,
    });
    if (context === null) throw new Error("no canvas");
    context.fillStyle = "white";
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, 0, 0);
    const around = Math.max(2, Math.ceil(aroundShare * Math.max(width, height)));
    return places.map(([x, y]) => {
      const left = Math.max(0, Math.floor(x * width) - around);
      const top = Math.max(0, Math.floor(y * height) - around);
      const side = 2 * around + 1;
      const columns = Math.min(side, width - left);
      const { data } = context.getImageData(left, top, columns, Math.min(side, height - top));
      /** @param {number} channel */
      const levels = (channel) => [...data].filter((_, at) => at % 4 === channel);
      const channels = [0, 1, 2].map(levels);
      return {
        least: channels.map((all) => Math.min(...all)),
        most: channels.map((all) => Math.max(...all)),
      };
    });
  }

  /** @param {ArrayBuffer} bytes @returns {Promise<string>} */
  function base64Of(bytes) {
    return new Promise((found) => {
      const reader = new FileReader();
      reader.addEventListener("load", () => {
        found(typeof reader.result === "string" ? reader.result.replace(/^[^,]*,/, "") : "");
      });
      reader.readAsDataURL(new Blob([bytes]));
    });
  }

  /** @param {IDBRequest} request @returns {Promise<any>} */
  function ended(request) {
    return new Promise((found, fail) => {
      request.addEventListener("success", () => found(request.result));
      request.addEventListener("error", () => fail(new Error("IndexedDB")));
    });
  }
}
