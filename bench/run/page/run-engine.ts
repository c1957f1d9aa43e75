import { createServiceClient } from "#src/api/create-service-client.ts";
import { createWorkerClock } from "#src/app/worker-clock.ts";
import { createBrowserImagePreparer } from "#src/images/create-browser-image-preparer.ts";
import { createRunEngine, type RunEngine } from "#src/runs/engine.ts";
import { createPictureSource, createUploads } from "#src/state/pictures/picture-source.ts";
import { openDiskStorage } from "#src/storage/disk-storage.ts";
import type { Storage } from "#src/storage/storage.ts";
import { DATABASE, imageIdAt, IN_FLIGHT, SHEET_ID } from "./seed-sheet.ts";

/** The app's engine with the app's parts: milliseconds from pressing run to the last answer on disk. */
export async function runEngine(tasks: number): Promise<number> {
  const storage = await openDiskStorage({ name: DATABASE, now: () => Date.now() });
  const engine = assemble(storage);
  const letGo = engine.open(SHEET_ID);
  const idle = untilIdle(engine, tasks);
  const startedAt = performance.now();
  await engine.start({
    sheetId: SHEET_ID,
    askedBy: "caption",
    reuse: false,
    questions: Array.from({ length: tasks }, (_, at) => ({
      imageId: imageIdAt(at),
      fieldId: "caption",
      recipe: { modelId: "runware:152@2", prompt: "", sentSize: "auto" },
      mount: null,
      promptSent: "",
      language: null,
      repeat: 1,
    })),
  });
  await idle;
  const elapsedMs = performance.now() - startedAt;
  letGo();
  await engine.stop();
  storage.close();
  return elapsedMs;
}

function assemble(storage: Storage): RunEngine {
  const preparer = createBrowserImagePreparer();
  const client = createServiceClient({
    connection: {
      kind: "proxy",
      baseUrl: new URL("/api", location.href).href,
      upstream: "sandbox",
    },
    key: () => null,
    fetch: (url, init) => fetch(url, init),
    isOnline: () => true,
    now: () => Date.now(),
    newUuid: () => crypto.randomUUID(),
  });
  return createRunEngine({
    ledgerOf: () => storage,
    client: () => client,
    onConnectionChange: () => () => undefined,
    pictures: createPictureSource({
      storageOf: () => storage,
      preparer: async () => preparer,
      uploads: createUploads({
        client: () => client,
        isAllowed: () => false,
        now: () => Date.now(),
        newUuid: () => crypto.randomUUID(),
      }),
    }),
    clock: createWorkerClock(),
    random: Math.random,
    newUuid: () => crypto.randomUUID(),
    locks: { request: (name, options, work) => navigator.locks.request(name, options, work) },
    channel: { post: () => undefined, listen: () => () => undefined },
    network: { isOnline: () => true, subscribe: () => () => undefined },
    startAt: IN_FLIGHT,
  });
}

function untilIdle(engine: RunEngine, tasks: number): Promise<void> {
  let answered = 0;
  return new Promise((resolve, reject) => {
    engine.subscribe((event) => {
      if (event.type === "task-changed" && event.task.state.phase === "done") answered += 1;
      if (event.type !== "run-changed") return;
      if (event.status.stop !== null) reject(new Error(JSON.stringify(event.status.stop)));
      if (event.status.phase === "idle" && answered === tasks) resolve();
    });
  });
}
