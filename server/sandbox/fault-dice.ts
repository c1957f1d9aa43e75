import { BoundedMap } from "./bounded-map.ts";
import { FAULTS, type Fault, type Scenario } from "./scenario.ts";
import { createSeededRandom } from "#src/lib/seeded-random.ts";
import type { WireTask } from "./wire-task.ts";

/** Decides, by the scenario's seed, what goes wrong and how long things take. */
export interface FaultDice {
  /** The fault of a request that holds these tasks; null if all goes well. */
  fault(tasks: readonly WireTask[]): Fault | null;
  /** Milliseconds to wait before this reply. */
  latencyMs(): number;
}

const MOST_TASKS_COUNTED = 50_000;

/** A fresh set of dice for a scenario. */
export function createFaultDice(scenario: Scenario): FaultDice {
  const faultRandom = createSeededRandom(scenario.seed);
  // A separate series, so that switching jitter on does not change which requests fail.
  const latencyRandom = createSeededRandom(scenario.seed + 1);
  const met = new BoundedMap<string, number>(MOST_TASKS_COUNTED);
  const script = [...scenario.next];
  const rates = FAULTS.map((fault) => ({ fault, rate: scenario.rates[fault] ?? 0 }));

  return {
    fault(tasks) {
      const faulty = tasks.filter(
        (task) => task.kind !== "authentication" && scenario.faultyTasks.includes(task.taskType),
      );
      if (faulty.length === 0) return null;
      const scripted = script.shift();
      if (scripted !== undefined) return scripted;
      const fault = pick(rates, faultRandom());
      if (fault === null) return null;
      const most = scenario.mostFaultsPerTask;
      const ids = faulty.map((task) => (task.kind === "authentication" ? "" : task.taskUuid));
      if (most !== null && ids.some((id) => (met.get(id) ?? 0) >= most)) return null;
      for (const id of ids) met.set(id, (met.get(id) ?? 0) + 1);
      return fault;
    },
    latencyMs: () => scenario.latencyMs + latencyRandom() * scenario.latencyJitterMs,
  };
}

function pick(rates: readonly { fault: Fault; rate: number }[], thrown: number): Fault | null {
  let upTo = 0;
  for (const { fault, rate } of rates) {
    upTo += rate;
    if (thrown < upTo) return fault;
  }
  return null;
}
