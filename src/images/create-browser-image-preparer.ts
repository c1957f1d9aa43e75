import { createImagePreparer } from "./create-image-preparer.ts";
import { drawVector } from "./draw-vector.ts";
import type { ImagePreparer } from "./image-preparer.ts";

/** More workers than this only compete for memory. */
const mostWorkers = 4;
const idleMs = 20_000;
const deadlineMs = 60_000;

/** The pool as a browser runs it: a worker per core, at most four. */
export function createBrowserImagePreparer(): ImagePreparer {
  return createImagePreparer({
    workers: Math.min(mostWorkers, navigator.hardwareConcurrency),
    idleMs,
    deadlineMs,
    startWorker: () => new Worker(new URL("./worker/main.ts", import.meta.url), { type: "module" }),
    drawVector,
  });
}
