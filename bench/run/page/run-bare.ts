import PQueue from "p-queue";
import { IN_FLIGHT } from "./seed-sheet.ts";

/**
 * The loop that keeps nothing: milliseconds for this many tasks, six at a time, each a POST of a body made beforehand.
 */
export async function runBare(tasks: number): Promise<number> {
  const picture = `data:image/jpeg;base64,${"A".repeat(200_000)}`;
  const queue = new PQueue({ concurrency: IN_FLIGHT });
  const startedAt = performance.now();
  await queue.addAll(
    Array.from({ length: tasks }, () => async () => {
      const reply = await fetch("/api/v1", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify([
          {
            taskType: "caption",
            taskUUID: crypto.randomUUID(),
            model: "runware:152@2",
            includeCost: true,
            deliveryMethod: "sync",
            inputs: { image: picture },
          },
        ]),
      });
      if (!reply.ok) throw new Error(`The sandbox answered ${reply.status}`);
      await reply.json();
    }),
  );
  return performance.now() - startedAt;
}
