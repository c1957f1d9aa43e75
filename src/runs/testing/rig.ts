import { exampleImage, exampleSheet } from "#src/domain/example-rows.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { RunSettings, Sheet } from "#src/domain/sheet.ts";
import type { Task } from "#src/domain/task.ts";
import type { RunEngine, RunEngineOptions } from "#src/runs/engine.ts";
import type { Ledger } from "#src/runs/ports.ts";
import type { RunPlan } from "#src/runs/run-events.ts";
import { createServiceDouble, type ServiceDouble, type ServiceOptions } from "./service-double.ts";
import { createWorldDouble, type Tab, type World } from "./world-double.ts";

/** A storage that can be filled before a test begins. */
export interface RigDisk extends Ledger {
  readSheet: (sheetId: string) => Promise<{ tasks: Task[] } | null>;
  write: (
    rows: Parameters<Ledger["write"]>[0] & {
      sheets?: readonly Sheet[];
      images?: readonly SheetImage[];
    },
    durability: "strict" | "relaxed",
  ) => Promise<unknown>;
}

/** One sheet, one service and one tab that has the sheet open. */
export interface Rig {
  world: World;
  service: ServiceDouble;
  tab: Tab;
  /** Closes the sheet in that tab. */
  letGo: () => void;
  tasks: () => Promise<Task[]>;
  phases: () => Promise<Record<string, number>>;
  billedTimes: () => number[];
  until: (phase: "idle" | "paused") => Promise<void>;
  untilIdle: () => Promise<void>;
  /** Another service on the same clock. */
  serviceWith: (options: Partial<ServiceOptions>) => ServiceDouble;
  /** A sheet of the same images under another id. */
  copySheet: (sheetId: string) => Promise<void>;
}

export const SETTINGS: RunSettings = { mostInFlight: 6, delivery: "sync", capMicroUsd: null };

export async function createRig(options: {
  images: number;
  run?: Partial<RunSettings>;
  disk: RigDisk;
  service?: Partial<ServiceOptions>;
  engine?: Partial<RunEngineOptions>;
}): Promise<Rig> {
  const { disk } = options;
  const writeSheet = async (id: string): Promise<void> => {
    await disk.write(
      {
        sheets: [exampleSheet({ id, run: { ...SETTINGS, ...options.run } })],
        images: Array.from({ length: options.images }, (_, at) => imageAt(at, id)),
      },
      "strict",
    );
  };
  await writeSheet("sheet");
  const world = createWorldDouble(disk);
  const service = createServiceDouble({ clock: world.clock, ...options.service });
  const tab = world.openTab(service.client, options.engine);
  const letGo = tab.engine.open("sheet");
  const tasks = async () => (await disk.readSheet("sheet"))?.tasks ?? [];
  return {
    world,
    service,
    tab,
    letGo,
    tasks,
    phases: async () => {
      const counts: Record<string, number> = {};
      for (const { state } of await tasks()) counts[state.phase] = (counts[state.phase] ?? 0) + 1;
      return counts;
    },
    billedTimes: () => [...service.billed.values()].map(({ length }) => length),
    until: (phase) => world.clock.passUntil(() => tab.engine.status("sheet").phase === phase),
    untilIdle: () => untilIdle(world, tab.engine),
    serviceWith: (other) => createServiceDouble({ clock: world.clock, ...other }),
    copySheet: writeSheet,
  };
}

export async function untilIdle(world: World, engine: RunEngine): Promise<void> {
  await world.clock.passUntil(() => engine.status("sheet").phase === "idle");
  await world.clock.pass(1);
}

/** The nth image, from 0, of a sheet; those of the first sheet are called "image 0" and so on. */
export function imageAt(at: number, sheetId = "sheet"): SheetImage {
  return exampleImage({
    id: sheetId === "sheet" ? `image ${at}` : `image ${at} of ${sheetId}`,
    sheetId,
    frame: at + 1,
    preparation: { phase: "ready", pictureHash: `hash ${at}` },
  });
}

export function planFor(images: number, sheetId = "sheet"): RunPlan {
  return {
    sheetId,
    askedBy: "caption",
    reuse: false,
    questions: Array.from({ length: images }, (_, at) => ({
      imageId: imageAt(at, sheetId).id,
      fieldId: "caption",
      recipe: { modelId: "runware:152@2", prompt: "Say what you see.", sentSize: "auto" },
      mount: null,
      promptSent: "Say what you see.",
      language: null,
      repeat: 1,
    })),
  };
}

export function isIn(phase: string): (event: Tab["events"][number]) => boolean {
  return (event) => event.type === "task-changed" && event.task.state.phase === phase;
}
