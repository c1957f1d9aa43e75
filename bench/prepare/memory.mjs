import { readFileSync } from "node:fs";

const goals = { processMb: 60, heapMb: 30, dataUris: 0 };
const megabyte = 1_000_000;

/**
 * What stays in memory between a small number of prepared pictures and a larger one, after a forced collection: the
 * renderer process's proportional set size (Linux only; null elsewhere), and the page's JavaScript heap.
 */
export async function measureMemory(page, { from, to }) {
  const session = await page.context().newCDPSession(page);
  // The code of a library that is loaded too may hold one of its own.
  const dataUrisAtFirst = await countDataUris(session);
  await page.evaluate((count) => window.bench.prepareMany(count), from);
  const before = await weigh(page, session);
  await page.evaluate((count) => window.bench.prepareMany(count), to - from);
  const after = await weigh(page, session);
  const dataUris = (await countDataUris(session)) - dataUrisAtFirst;
  const grownHeap = (after.heap - before.heap) / megabyte;
  const grownProcess =
    before.process === null || after.process === null
      ? null
      : (after.process - before.process) / megabyte;
  return {
    from,
    to,
    heapMb: [before.heap, after.heap].map((bytes) => Math.round(bytes / megabyte)),
    processMb: [before.process, after.process].map((bytes) =>
      bytes === null ? null : Math.round(bytes / megabyte),
    ),
    grownHeapMb: Math.round(grownHeap * 10) / 10,
    grownProcessMb: grownProcess === null ? null : Math.round(grownProcess * 10) / 10,
    dataUris,
    goals,
    reached: grownHeap <= goals.heapMb && (grownProcess ?? 0) <= goals.processMb && dataUris === 0,
  };
}

async function weigh(page, session) {
  for (let time = 0; time < 3; time += 1) await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const browser = await page.context().browser().newBrowserCDPSession();
  const { processInfo } = await browser.send("SystemInfo.getProcessInfo");
  await browser.detach();
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  const sizes = renderers.map(({ id }) => proportionalBytes(id));
  return {
    heap: usedSize,
    process: sizes.includes(null) ? null : sizes.reduce((sum, size) => sum + size, 0),
  };
}

function proportionalBytes(processId) {
  try {
    const text = readFileSync(`/proc/${processId}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1]) * 1024;
  } catch {
    return null;
  }
}

/** How many strings on the heap are pictures as data URIs. */
async function countDataUris(session) {
  const parts = [];
  const take = ({ chunk }) => parts.push(chunk);
  session.on("HeapProfiler.addHeapSnapshotChunk", take);
  await session.send("HeapProfiler.takeHeapSnapshot");
  session.off("HeapProfiler.addHeapSnapshotChunk", take);
  // Matched by a picture's first bytes in base64, which occur in no word of our own code.
  return parts.join("").split("data:image/jpeg;base64,/9j/").length - 1;
}
