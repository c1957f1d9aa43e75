import { DEFAULT_MODEL } from "#src/catalog/find-models.ts";
import { product, tools } from "./tools.mjs";

const { signal } = new AbortController();
const files = new Map();

/** Holds these pictures and releases all others. */
async function load(names) {
  files.clear();
  for (const name of names) {
    const bytes = await (await fetch(`/pictures/${name}`)).arrayBuffer();
    const type = { jpg: "image/jpeg", png: "image/png", webp: "image/webp" }[
      name.split(".").at(-1)
    ];
    files.set(name, new File([bytes], name, { type }));
  }
}

/** Works through all items, as many at a time as there are cores. */
async function throughAll(items, work) {
  const waiting = [...items];
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: navigator.hardwareConcurrency }, lane));
}

window.bench = {
  tools: Object.keys(tools),
  load,
  /** Milliseconds that a tool takes for the named files, and the bytes it made. */
  async measure(tool, names, side) {
    const lengths = [];
    const start = performance.now();
    await throughAll(names, async (name) => lengths.push(await tools[tool](files.get(name), side)));
    return { ms: performance.now() - start, bytes: lengths.reduce((sum, one) => sum + one, 0) };
  },
  /** The pixels of a copy before it is encoded, posted to the server that measures them. */
  async sendPixels(name, side) {
    await load([name]);
    const worker = new Worker(new URL("./copy-worker.mjs", import.meta.url), { type: "module" });
    const pixels = await new Promise((resolve) => {
      worker.addEventListener("message", ({ data }) => resolve(data));
      worker.postMessage({ original: files.get(name), copySide: side, pixelsOnly: true });
    });
    worker.terminate();
    await fetch("/pixels", { method: "POST", body: pixels.data });
    return { width: pixels.width, height: pixels.height };
  },
  /** Bytes of the originals, and of what would be sent for the default model. */
  async bytesSent(names) {
    await load(names);
    let sent = 0;
    let original = 0;
    await throughAll(names, async (name) => {
      const file = files.get(name);
      const { copy } = await product.prepare(file, { copySide: 1536, signal, imageId: "" });
      const ready = await product.ready(
        copy,
        { side: DEFAULT_MODEL.side.pixels, mount: null },
        signal,
      );
      sent += ready.bytes;
      original += file.size;
    });
    return { sent, original };
  },
  /**
   * Prepares pictures as the app does: copies go to IndexedDB, facts stay, data URIs are dropped as soon as they are
   * made.
   */
  async prepareMany(count) {
    const database = await openDatabase();
    const facts = [];
    const names = [...files.keys()];
    const turns = Array.from({ length: count }, (_, index) => names[index % names.length]);
    await throughAll(turns, async (name) => {
      const picture = await product.prepare(files.get(name), {
        copySide: 1536,
        signal,
        imageId: "",
      });
      const { dataUri } = await product.ready(picture.copy, { side: 1024, mount: null }, signal);
      if (!dataUri.startsWith("data:image/jpeg")) throw new Error("no data URI");
      const { copy, thumbnail } = picture;
      await put(database, [copy, thumbnail]);
      facts.push(picture.facts);
    });
    database.close();
    // As the pool does by itself after it has been idle for a while.
    product.end();
    window.kept = [...(window.kept ?? []), ...facts];
    return window.kept.length;
  },
  /** How long the page's own thread was blocked while `count` pictures were prepared, and when the `first` were ready. */
  async watchMainThread(count, first) {
    const tasksMs = [];
    const inputsMs = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        (entry.entryType === "longtask" ? tasksMs : inputsMs).push(entry.duration);
    });
    observer.observe({ type: "longtask" });
    observer.observe({ type: "event", durationThreshold: 16 });
    const asked = document.querySelector("#ask");
    let clicks = 0;
    asked.addEventListener("click", () => {
      clicks += 1;
      asked.textContent = `Asked ${clicks}`;
    });
    const names = [...files.keys()];
    const turns = Array.from({ length: count }, (_, index) => names[index % names.length]);
    const start = performance.now();
    let ready = 0;
    let firstMs = 0;
    await throughAll(turns, async (name) => {
      await product.prepare(files.get(name), { copySide: 1536, signal, imageId: "" });
      ready += 1;
      if (ready === Math.min(first, count)) firstMs = performance.now() - start;
    });
    const ms = performance.now() - start;
    observer.disconnect();
    return {
      ms,
      firstMs,
      clicks,
      longestTaskMs: Math.max(0, ...tasksMs),
      longestInputMs: Math.max(0, ...inputsMs),
    };
  },
};

function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("prepare", 1);
    request.addEventListener("upgradeneeded", () =>
      request.result.createObjectStore("pictures", { autoIncrement: true }),
    );
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}

function put(database, value) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("pictures", "readwrite");
    transaction.objectStore("pictures").add(value);
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("error", () => reject(transaction.error));
  });
}
