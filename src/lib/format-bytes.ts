const UNITS = ["B", "KB", "MB", "GB"] as const;

/** "0 B", "214 KB", "6.1 MB": decimal units, one digit after the point under 10. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[unit] ?? "GB"}`;
}
