const STEPS = [
  { unit: "minute", ms: 60_000, upTo: 60 },
  { unit: "hour", ms: 3_600_000, upTo: 24 },
  { unit: "day", ms: 86_400_000, upTo: 14 },
] as const;

/**
 * "just now", "5 minutes ago", "yesterday"; after two weeks the date. Both in epoch milliseconds.
 */
export function formatAgo(at: number, now: number): string {
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  const ago = now - at;
  if (ago < 45_000) return "just now";
  for (const { unit, ms, upTo } of STEPS) {
    const count = Math.max(1, Math.round(ago / ms));
    if (count < upTo) return words.format(-count, unit);
  }
  return new Date(at).toLocaleDateString("en", { day: "numeric", month: "short", year: "numeric" });
}
