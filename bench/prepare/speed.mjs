import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import sharp from "sharp";

const ours = "Contact Sheet";
const whole = "Contact Sheet, with thumbnail, hash and facts";
const native = "sharp, native";
/** The goals: times the fastest library, and times sharp; null if there is none. */
const goals = {
  jpeg: { library: 2.2, native: 0.95 },
  png: { library: 2, native: null },
  webp: { library: 1.3, native: null },
};

/**
 * Images per second from file to copy, ours against the libraries' and sharp's: all in one run, on all files in each
 * round, in an order that changes from round to round. The medians of the rounds, and of the ratios within each round,
 * count. A round covers all kinds and sides: a shared machine runs slower for a while, and then only a few rounds of
 * each are affected.
 */
export async function measureSpeed(page, { kinds, sides, rounds, folder }) {
  sharp.cache(false);
  // As many pictures at a time as there are cores, each on one thread: the fastest way for many.
  sharp.concurrency(1);
  const all = [...(await page.evaluate(() => window.bench.tools)), native];
  const processorMs = await processorClock(page);
  const rows = kinds.flatMap(({ kind, names }) =>
    sides.map((side) => ({ kind, names, side, measured: new Map(), tools: all })),
  );
  for (let round = 0; round < rounds; round += 1) {
    for (const row of rows) {
      if (row.side === sides[0])
        await page.evaluate((pictures) => window.bench.load(pictures), row.names);
      await measureRound(page, { row, round, folder, processorMs });
      row.tools = contenders(row);
    }
  }
  return rows.map(rowOf);
}

async function measureRound(page, { row, round, folder, processorMs }) {
  const { names, side, measured } = row;
  for (const tool of turned(row.tools, round)) {
    // Its first picture starts workers and compiles code.
    await work(page, { tool, files: names.slice(0, 1), side, folder });
    const processorBefore = await processorMs(tool);
    const ms = await work(page, { tool, files: names, side, folder });
    const one = measured.get(tool) ?? { rates: [], processorMs: [] };
    one.rates.push((names.length * 1000) / ms);
    one.processorMs.push(((await processorMs(tool)) - processorBefore) / names.length);
    measured.set(tool, one);
  }
}

/**
 * A library well behind the fastest will not become the fastest: one round shows how slow it is.
 */
function contenders({ tools, measured }) {
  const paceOf = (tool) => median(measured.get(tool).rates);
  const fastest = Math.max(...tools.filter(isLibrary).map(paceOf));
  return tools.filter((tool) => !isLibrary(tool) || paceOf(tool) >= fastest * 0.75);
}

function isLibrary(tool) {
  return ![ours, whole, native].includes(tool);
}

async function work(page, { tool, files, side, folder }) {
  if (tool === native) return measureNative(files, side, folder);
  const { ms } = await page.evaluate(
    ([name, all, pixels]) => window.bench.measure(name, all, pixels),
    [tool, files, side],
  );
  return ms;
}

async function measureNative(files, side, folder) {
  const waiting = files.map((name) => readFileSync(join(folder, name)));
  const start = performance.now();
  const lane = async () => {
    for (let bytes = waiting.shift(); bytes !== undefined; bytes = waiting.shift())
      await sharp(bytes)
        .rotate()
        .resize(side, side, { fit: "inside", withoutEnlargement: true })
        .jpeg({ quality: 85 })
        .toBuffer();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return performance.now() - start;
}

/**
 * Milliseconds of processor time used so far: by all of the browser's processes, or by this one for sharp. Other
 * processes on the machine stretch wall time, and level what runs on one thread and on several. They do not affect
 * processor time.
 */
async function processorClock(page) {
  const session = await page.context().browser().newBrowserCDPSession();
  return async (tool) => {
    if (tool === native) {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    }
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0) * 1000;
  };
}

function rowOf({ kind, side, measured, tools: stayed }) {
  const tools = [...measured.keys()];
  const paceOf = (tool) => median(measured.get(tool).rates);
  const fastest = stayed.filter(isLibrary).toSorted((one, other) => paceOf(other) - paceOf(one))[0];
  const times = (tool, other) => {
    const others = measured.get(other).rates;
    return median(measured.get(tool).rates.map((rate, round) => rate / others[round]));
  };
  const goal = goals[kind.split("-")[0]];
  const byLibrary = times(ours, fastest);
  const byNative = times(ours, native);
  return {
    kind,
    side,
    imagesPerSecond: Object.fromEntries(tools.map((tool) => [tool, rounded(paceOf(tool))])),
    processorMsPerImage: Object.fromEntries(
      tools.map((tool) => [tool, Math.round(median(measured.get(tool).processorMs))]),
    ),
    fastestLibrary: fastest,
    timesLibrary: rounded(byLibrary),
    libraryGoal: goal.library,
    timesNative: rounded(byNative),
    nativeGoal: goal.native,
    wholeShare: rounded(times(whole, ours)),
    reached: byLibrary >= goal.library && byNative >= (goal.native ?? 0),
  };
}

function turned(tools, by) {
  const start = (by * 3) % tools.length;
  return [...tools.slice(start), ...tools.slice(0, start)];
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
}

function rounded(number) {
  return Math.round(number * 100) / 100;
}
