/** One bin of a reliability curve; all values are shares, 0–1. */
export interface ReportPoint {
  meanConfidence: number;
  accuracy: number;
  low: number;
  high: number;
  n: number;
}

const WIDTH = 340;
const LEFT = 34;
const RIGHT = 330;
const TOP = 10;
const BASE = 200;
const TICKS = [0, 0.25, 0.5, 0.75, 1] as const;

/**
 * Accuracy against confidence as an SVG drawing, for a page that has its classes. The table beside it holds the same
 * numbers.
 */
export function reliabilitySvg(points: readonly ReportPoint[]): string {
  const line = points.map((point) => `${x(point.meanConfidence)},${y(point.accuracy)}`).join(" ");
  return `<svg viewBox="0 0 ${WIDTH} 252" role="img" aria-label="Accuracy against confidence; the table below holds the numbers">
${TICKS.map(tickSvg).join("\n")}
<line class="even" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>
<polyline class="mark" points="${line}"/>
${points.map((point, index) => pointSvg(point, index % 2)).join("\n")}
<text x="${(LEFT + RIGHT) / 2}" y="248" text-anchor="middle">confidence % across, right % upwards; counts under each point</text>
</svg>`;
}

function tickSvg(tick: number): string {
  return `<line class="grid" x1="${LEFT}" x2="${RIGHT}" y1="${y(tick)}" y2="${y(tick)}"/><text x="${LEFT - 5}" y="${y(tick) + 3}" text-anchor="end">${tick * 100}</text><text x="${x(tick)}" y="${BASE + 12}" text-anchor="middle">${tick * 100}</text>`;
}

function pointSvg(
  { meanConfidence, accuracy, low, high, n }: ReportPoint,
  countLine: number,
): string {
  const across = x(meanConfidence);
  return `<line class="mark" x1="${across}" x2="${across}" y1="${y(low)}" y2="${y(high)}"/><circle class="point" cx="${across}" cy="${y(accuracy)}" r="3.6"/><text x="${across}" y="${BASE + 24 + countLine * 9}" text-anchor="middle">${n}</text>`;
}

function x(share: number): number {
  return rounded(LEFT + share * (RIGHT - LEFT));
}

function y(share: number): number {
  return rounded(BASE - share * (BASE - TOP));
}

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
