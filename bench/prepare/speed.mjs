import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import sharp from "sharp";

const ours = "Contact Sheet";
const whole = "Contact Sheet, with thumbnail, hash and facts";
const native = "sharp, native";
/** What has to be reached: times the fastest library, and times sharp at each side. */
const goals = {
  jpeg: { library: 2, native: { 1536: 0.8, 1024: 0.5 } },
  rest: { library: 1, native: {} },
};

/**
 * Images a second from file to copy, ours against the libraries' and sharp's: all in one run, on different files in each
 * round, in an order that turns from round to round; the median of the rounds counts.
 */
export async function measureSpeed(page, { kinds, sides, rounds, folder }) {
  sharp.cache(false);
  // As many pictures at a time as there are cores, each on one thread: what is fastest for many.
  sharp.concurrency(1);
  const tools = [...(await page.evaluate(() => window.bench.tools)), native];
  const processorMs = await processorClock(page);
  const rows = [];
  for (const { kind, names } of kinds) {
    await page.evaluate((all) => window.bench.load(all), names);
    const perRound = names.length / rounds;
    for (const side of sides) {
      const rates = new Map(tools.map((tool) => [tool, []]));
      const processor = new Map(tools.map((tool) => [tool, []]));
      for (let round = 0; round < rounds; round += 1) {
        const files = names.slice(round * perRound, (round + 1) * perRound);
        for (const tool of turned(tools, round)) {
          // Its first picture starts workers and compiles code.
          if (round === 0) await work(page, { tool, files: files.slice(0, 1), side, folder });
          const processorBefore = await processorMs(tool);
          const ms = await work(page, { tool, files, side, folder });
          rates.get(tool).push((files.length * 1000) / ms);
          processor.get(tool).push(((await processorMs(tool)) - processorBefore) / files.length);
        }
      }
      rows.push(rowOf({ kind, side, rates: medians(rates), processor: medians(processor) }));
    }
  }
  return rows;
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
 * Milliseconds of processor time used so far: by all of the browser's processes, or by this one for sharp. What shares the
 * machine stretches wall time, and evens out what runs on one thread and on several; processor time it leaves alone.
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

function medians(measured) {
  return new Map([...measured].map(([tool, all]) => [tool, median(all)]));
}

function rowOf({ kind, side, rates, processor }) {
  const libraries = [...rates].filter(([tool]) => ![ours, whole, native].includes(tool));
  const [fastest, libraryRate] = libraries.toSorted(([, one], [, other]) => other - one)[0];
  const goal = kind.startsWith("jpeg") ? goals.jpeg : goals.rest;
  const byLibrary = rates.get(ours) / libraryRate;
  const byNative = rates.get(ours) / rates.get(native);
  const nativeGoal = goal.native[side] ?? 0;
  return {
    kind,
    side,
    imagesPerSecond: Object.fromEntries([...rates].map(([tool, rate]) => [tool, rounded(rate)])),
    processorMsPerImage: Object.fromEntries(
      [...processor].map(([tool, ms]) => [tool, Math.round(ms)]),
    ),
    fastestLibrary: fastest,
    timesLibrary: rounded(byLibrary),
    libraryGoal: goal.library,
    timesNative: rounded(byNative),
    nativeGoal: nativeGoal === 0 ? null : nativeGoal,
    wholeShare: rounded(rates.get(whole) / rates.get(ours)),
    reached: byLibrary >= goal.library && byNative >= nativeGoal,
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
