import * as v from "valibot";
import type { Failure } from "#src/domain/failure.ts";

const code = v.nullable(v.string());
const waitMs = v.nullable(v.number());
const saidBy = v.exactOptional(v.picklist(["service", "proxy-before", "proxy-after", "page"]));

/** A stored failure. Kept beside the union it mirrors: a test fails to compile if the two differ. */
export const failureSchema = v.variant("kind", [
  v.object({ kind: v.literal("auth"), code, saidBy }),
  v.object({ kind: v.literal("quota"), code, saidBy }),
  v.object({
    kind: v.literal("rate-limited"),
    retryAfterMs: waitMs,
    code: v.exactOptional(v.string()),
    saidBy,
  }),
  v.object({
    kind: v.literal("service-trouble"),
    status: v.number(),
    code,
    retryAfterMs: waitMs,
    saidBy,
  }),
  v.object({ kind: v.literal("timed-out"), by: v.picklist(["service", "deadline"]), saidBy }),
  v.object({ kind: v.literal("offline"), saidBy }),
  v.object({ kind: v.literal("unreachable"), via: v.picklist(["direct", "proxy"]), saidBy }),
  v.object({ kind: v.literal("refused"), code: v.string(), message: v.string(), saidBy }),
  v.object({
    kind: v.literal("rejected"),
    code: v.string(),
    message: v.string(),
    parameter: v.nullable(v.string()),
    saidBy,
  }),
  v.object({ kind: v.literal("not-found"), code: v.string(), message: v.string(), saidBy }),
  v.object({ kind: v.literal("conflict"), saidBy }),
  v.object({
    kind: v.literal("bad-response"),
    status: v.number(),
    detail: v.picklist(["empty", "html", "broken-json", "unexpected-shape"]),
    saidBy,
  }),
  v.object({ kind: v.literal("empty-file") }),
  v.object({ kind: v.literal("not-an-image") }),
  v.object({ kind: v.literal("unsupported-format"), format: v.string() }),
  v.object({
    kind: v.literal("unreadable-image"),
    reason: v.picklist(["damaged", "truncated", "undecodable"]),
  }),
  v.object({
    kind: v.literal("too-large"),
    what: v.picklist(["bytes", "pixels", "side"]),
    found: v.number(),
    limit: v.number(),
  }),
  v.object({
    kind: v.literal("sheet-file"),
    reason: v.picklist(["foreign", "newer", "damaged", "too-large", "unreadable", "unwritable"]),
  }),
  v.object({ kind: v.literal("picture-missing") }),
  v.object({ kind: v.literal("storage-full") }),
  v.object({ kind: v.literal("storage-broken") }),
  v.object({ kind: v.literal("storage-blocked") }),
  v.object({ kind: v.literal("storage-newer") }),
  v.object({ kind: v.literal("storage-closed") }),
  v.object({ kind: v.literal("cancelled") }),
  v.object({ kind: v.literal("no-key") }),
  v.object({ kind: v.literal("internal"), detail: v.string() }),
]) satisfies v.GenericSchema<unknown, Failure>;
