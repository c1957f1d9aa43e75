import * as fc from "fast-check";
import { expect, test } from "vitest";
import { answeredTask, exampleSheet, exampleTask } from "#src/domain/example-rows.ts";
import type { Task } from "#src/domain/task.ts";
import { createBudget } from "#src/runs/budget.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { createSpending } from "./sheet-store.ts";

const HOLD = 2375;
const step = fc.record({
  taskUuid: fc.constantFrom("a", "b", "c"),
  cost: fc.option(fc.integer({ min: 0, max: HOLD })),
  isAnswered: fc.boolean(),
});

test("the cap's sum, the screen's and the stored one are the same after each thing that is reported", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const storage = createMemoryStorage();
      await storage.write({ sheets: [exampleSheet()] });
      const records = await storage.readSheet("sheet");
      if (records === null) throw new Error("The sheet was just written");
      const spending = createSpending(records);
      const budget = createBudget({ capMicroUsd: null, spentMicroUsd: 0 });
      const priced = new Set<string>();
      for (const { taskUuid, cost, isAnswered } of steps) {
        // An answer whose price is known never loses it.
        if (priced.has(taskUuid) && (!isAnswered || cost === null)) continue;
        const task: Task = isAnswered
          ? answeredTask(cost, { taskUuid, holdMicroUsd: HOLD })
          : exampleTask({ taskUuid, holdMicroUsd: HOLD, state: { phase: "sending", attempt: 1 } });
        if (!priced.has(taskUuid))
          budget.adopt(taskUuid, { holdMicroUsd: HOLD, worstMicroUsd: HOLD });
        if (isAnswered) budget.pay(taskUuid, cost);
        if (isAnswered && cost !== null) priced.add(taskUuid);
        await storage.write({ tasks: [task] });
        const shown = spending.add([task]).runware;
        const kept = await storage.readRun("sheet");
        expect([shown.microUsd, shown.heldMicroUsd]).toEqual([
          budget.spentMicroUsd(),
          budget.heldMicroUsd(),
        ]);
        expect(kept?.spentMicroUsd.runware).toBe(shown.microUsd);
      }
    }),
  );
});
