import { trustedScript } from "#src/lib/trusted.ts";
import { createImagePreparer } from "./create-image-preparer.ts";
import { drawVector } from "./draw-vector.ts";
import type { ImagePreparer } from "./image-preparer.ts";
// oxlint-disable-next-line import/default -- by this query Vite gives the address of the worker that it builds
import workerUrl from "./worker/main.ts?worker&url";

/** More workers than this only compete for memory. */
const mostWorkers = 4;
const idleMs = 20_000;
const deadlineMs = 60_000;

/** The pool in a browser: a worker per core, at most four. */
export function createBrowserImagePreparer(): ImagePreparer {
  return createImagePreparer({
    workers: Math.min(mostWorkers, navigator.hardwareConcurrency),
    idleMs,
    deadlineMs,
    startWorker: () => new Worker(trustedScript(workerUrl), { type: "module" }),
    drawVector,
  });
}
