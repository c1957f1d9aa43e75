import * as v from "valibot";
import type { RunSettings } from "#src/domain/sheet.ts";
import type { RunStatus } from "./run-events.ts";

const sheetId = v.string();
const taskUuids = v.array(v.string());
const microUsd = v.number();
const purse = v.picklist(["sandbox", "runware", "device"]);
const code = v.nullable(v.string());
// With this the tab that runs the sheet says that it obeyed. A tab of an older version names none.
const orderId = v.optional(v.string(), "");

// The failures that stop a run; no other travels between tabs.
const stopperSchema = v.variant("kind", [
  v.object({ kind: v.literal("auth"), code }),
  v.object({ kind: v.literal("quota"), code }),
  v.object({ kind: v.literal("no-key") }),
  v.object({ kind: v.literal("storage-full") }),
  v.object({ kind: v.literal("storage-broken") }),
  v.object({ kind: v.literal("storage-closed") }),
  v.object({ kind: v.literal("internal"), detail: v.string() }),
]);

const statusSchema = v.object({
  sheetId,
  runId: v.nullable(v.string()),
  phase: v.picklist(["idle", "running", "paused"]),
  following: v.boolean(),
  stop: v.nullable(
    v.variant("kind", [
      v.object({ kind: v.literal("person") }),
      v.object({ kind: v.literal("offline") }),
      v.object({ kind: v.literal("outage"), silent: v.picklist(["proxy", "service"]) }),
      v.object({ kind: v.literal("failure"), failure: stopperSchema }),
      v.object({ kind: v.literal("cap"), raiseByMicroUsd: microUsd }),
      v.object({ kind: v.literal("purse"), asked: purse, isSent: v.boolean() }),
      v.object({
        kind: v.literal("dearer"),
        taskUuid: v.string(),
        costMicroUsd: microUsd,
        holdMicroUsd: microUsd,
      }),
    ]),
  ),
  inFlight: v.number(),
  toCome: v.optional(v.number(), 0),
  limit: v.number(),
  slowedDown: v.boolean(),
  quietUntil: v.optional(v.nullable(v.number()), null),
  spentMicroUsd: microUsd,
  heldMicroUsd: microUsd,
}) satisfies v.GenericSchema<unknown, RunStatus>;

const settingsSchema = v.object({
  mostInFlight: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)),
  delivery: v.picklist(["sync", "async"]),
  capMicroUsd: v.nullable(microUsd),
}) satisfies v.GenericSchema<unknown, RunSettings>;

const messageSchema = v.variant("type", [
  // From the tab that runs a sheet: rows that are on disk by now.
  v.object({ type: v.literal("tasks-written"), sheetId, taskUuids }),
  v.object({ type: v.literal("status-told"), sheetId, status: statusSchema }),
  v.object({ type: v.literal("order-obeyed"), sheetId, orderId: v.string() }),
  // To the tab that runs a sheet, or will.
  v.object({ type: v.literal("status-wanted"), sheetId }),
  v.object({
    type: v.literal("tasks-added"),
    sheetId,
    orderId,
    runId: v.string(),
    taskUuids,
    joins: v.optional(v.boolean(), false),
  }),
  v.object({
    type: v.literal("run-ordered"),
    sheetId,
    orderId,
    order: v.variant("kind", [
      v.object({ kind: v.literal("pause") }),
      // The purse of the tab in which it was pressed.
      v.object({ kind: v.literal("resume"), purse }),
      v.object({ kind: v.literal("look-again"), taskUuids, mayPost: v.boolean() }),
      v.object({ kind: v.literal("cancel"), runId: v.nullable(v.string()) }),
      v.object({ kind: v.literal("cancel-waiting"), taskUuids }),
    ]),
  }),
  v.object({ type: v.literal("settings-changed"), sheetId, orderId, settings: settingsSchema }),
  // To every tab: the service on this connection has too much to do.
  v.object({ type: v.literal("service-busy"), connection: v.string(), quietUntil: v.number() }),
]);

/**
 * What the tabs of one browser tell each other about runs. It contains no picture, prompt, answer or key: those stay in
 * the database.
 */
export type TabMessage = v.InferOutput<typeof messageSchema>;

/**
 * What only the tab that runs the sheet can do. Every tab that has the sheet open keeps it until one says that it
 * obeyed.
 */
export type Order = Extract<TabMessage, { orderId: string; type: OrderType }>;
type OrderType = "tasks-added" | "run-ordered" | "settings-changed";

/** The same as it is sent: a status may carry any failure, and is ignored if that failure stops no run. */
export type PostedMessage =
  | TabMessage
  | { type: "status-told"; sheetId: string; status: RunStatus };

/** A message from another tab; null if it is not ours, or of an incompatible version. */
export function readTabMessage(message: unknown): TabMessage | null {
  const parsed = v.safeParse(messageSchema, message);
  return parsed.success ? parsed.output : null;
}
