import { formatUsd } from "#src/domain/money.ts";
import type { RunEstimate } from "#src/state/estimate-run.ts";

/** "about $0.28 · 2 min", for the run button. */
export function estimateText({ microUsd, seconds }: RunEstimate): string {
  const price = microUsd === null ? "price unknown" : `about ${formatUsd(microUsd)}`;
  return seconds === null ? price : `${price} · ${durationText(seconds)}`;
}

/** "8 s", "2 min", "1 h 20 min". */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.ceil(seconds))} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest === 0 ? "" : ` ${rest} min`}`;
}

/** Seconds left at the speed of the last minute; null before two answers have come. `endedAt` is epoch milliseconds. */
export function secondsLeft(
  endedAt: readonly number[],
  left: number,
  nowMs: number,
): number | null {
  const recent = endedAt.filter((at) => at > nowMs - 60_000 && at <= nowMs);
  if (recent.length < 2 || left === 0) return null;
  const spanMs = nowMs - recent.reduce((first, at) => Math.min(first, at), nowMs);
  return spanMs === 0 ? null : (left * spanMs) / recent.length / 1000;
}
