import "fake-indexeddb/auto";
import { openDB } from "idb";
import { expect, test } from "vitest";
import { answeredTask } from "#src/domain/example-rows.ts";
import { foldMoney } from "#src/domain/money-fold.ts";
import { createRig, planFor } from "#src/runs/testing/rig.ts";
import { openDiskStorage } from "#src/storage/disk-storage.ts";

const CAP_MICRO_USD = 50_000;

test.each([
  ["no number", { sheetId: "sheet", purse: "runware", microUsd: "a lot" }],
  ["too low", { sheetId: "sheet", purse: "runware", microUsd: 100 }],
  ["gone", null],
])("a sheet capped at $0.05 whose kept sum is %s spends no more than that", async (_name, row) => {
  const name = crypto.randomUUID();
  const disk = await openDiskStorage({ name, now: () => 1 });
  const earlier = Array.from({ length: 14 }, (_, at) =>
    answeredTask(1900, { taskUuid: `earlier ${at}` }),
  );
  await disk.write({ tasks: earlier });
  const raw = await openDB(name);
  if (row === null) await raw.delete("totals", ["sheet", "runware"]);
  else await raw.put("totals", row);
  raw.close();
  const rig = await createRig({ images: 60, run: { capMicroUsd: CAP_MICRO_USD }, disk });
  await rig.tab.engine.start(planFor(60));
  // Money that is still held may yet be spent: the cap is reached once nothing is under way.
  const stop = () => rig.tab.engine.status("sheet").stop;
  while (stop() === null || rig.service.inFlight() > 0) await rig.world.clock.pass(1000);
  expect(stop()).toMatchObject({ kind: "cap" });
  await rig.tab.engine.stop();
  const tasks = (await disk.readSheet("sheet"))?.tasks ?? [];
  const { microUsd } = foldMoney(tasks).runware;
  expect(microUsd).toBe(1900 * (earlier.length + rig.service.billed.size));
  expect(rig.service.billed.size).toBeGreaterThan(5);
  expect(microUsd).toBeLessThanOrEqual(CAP_MICRO_USD);
  disk.close();
});
