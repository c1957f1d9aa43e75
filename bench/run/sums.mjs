// @ts-check

/** @param {readonly number[]} values */
export function median(values) {
  return share(values, 0.5);
}

/**
 * The value that this share of the values does not exceed.
 * @param {readonly number[]} values
 * @param {number} part
 */
export function share(values, part) {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** @param {number} value */
export function rounded(value) {
  return Math.round(value * 1000) / 1000;
}
