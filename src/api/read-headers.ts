import { SERVICE_TIMING } from "#src/contract/endpoint.ts";
import { LONGEST_QUIET_MS } from "#src/domain/failure.ts";

/**
 * Milliseconds to wait, at most an hour, from a Retry-After header in seconds or as an HTTP date; null if it is missing
 * or neither.
 */
export function readRetryAfterMs(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/u.test(text)) return withinBounds(Number(text) * 1000);
  // Date.parse takes almost anything for a date ("-5" is a year), so only a text that names a weekday
  // counts as one here.
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/iu.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : withinBounds(at - nowMs);
}

function withinBounds(waitMs: number): number {
  return Math.min(LONGEST_QUIET_MS, Math.max(0, Math.round(waitMs)));
}

/** Milliseconds the service took, from a proxy's Server-Timing header; null if it does not say. */
export function readServiceMs(header: string | null): number | null {
  for (const metric of (header ?? "").split(",")) {
    const [name = "", ...parameters] = metric.split(";").map((part) => part.trim());
    if (name.toLowerCase() !== SERVICE_TIMING) continue;
    const duration = parameters.find((part) => /^dur\s*=/iu.test(part))?.split("=")[1];
    const ms = Number(duration?.replaceAll('"', "").trim() || Number.NaN);
    return Number.isFinite(ms) && ms >= 0 ? ms : null;
  }
  return null;
}
