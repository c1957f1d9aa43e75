/** A time that was measured: "1.3 s", "2 min 5 s", "1 h 20 min". From 60 s on it is in minutes. */
export function formatSeconds(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return [`${minutes} min`, ...unlessNone(whole % 60, "s")].join(" ");
  return [`${Math.floor(minutes / 60)} h`, ...unlessNone(minutes % 60, "min")].join(" ");
}

/** A time to come, never too short: "8 s", "2 min", "1 h 20 min". */
export function formatSecondsAhead(seconds: number): string {
  return seconds < 60
    ? `${Math.max(1, Math.ceil(seconds))} s`
    : formatSeconds(Math.ceil(seconds / 60) * 60);
}

function unlessNone(count: number, unit: string): string[] {
  return count === 0 ? [] : [`${count} ${unit}`];
}
