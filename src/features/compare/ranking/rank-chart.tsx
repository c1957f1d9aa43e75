import { useCallback, useState } from "react";
import { scaleLinear } from "d3-scale";
import { perThousandText, rateText, secondsText } from "#src/features/compare/compare-words.ts";
import type { RankedColumn } from "./rank-table.tsx";

interface RankChartProps {
  ranked: readonly RankedColumn[];
  against: "price" | "time";
}

/** As wide as it is shown, within these: letters keep their size on a phone. */
const WIDTHS = { least: 300, most: 560 } as const;
const HEIGHT = 300;
const EDGE = { left: 46, right: 20, top: 16, bottom: 42 } as const;

interface Plotted extends RankedColumn {
  /** Dollars per 1,000 images, or seconds. */
  value: number;
  share: number;
}

/** Win rate against what a column costs or how long it takes. The table above holds the same figures. */
export function RankChart({ ranked, against }: RankChartProps) {
  const [figure, width] = useShownWidth();
  const points = plotted(ranked, against);
  const title = against === "price" ? "dollars per 1,000 images" : "median seconds";
  if (points.length === 0)
    return (
      <p className="text-control text-ink-2">
        Win rate against {title}: drawn once there are votes and{" "}
        {against === "price" ? "costs" : "times"}.
      </p>
    );
  const across = scaleLinear()
    .domain([0, 1.08 * Math.max(...points.map(({ value }) => value), Number.EPSILON)])
    .range([EDGE.left, width - EDGE.right])
    .nice(5);
  const spots = placeLabels(
    points.map(({ value, share, label }) => ({ x: across(value), y: up(share), text: label })),
    { left: EDGE.left, right: width, top: 0, bottom: HEIGHT - EDGE.bottom },
  );
  return (
    <figure ref={figure}>
      <figcaption className="mb-1 text-xs font-semibold text-ink-2">
        Win rate against {title}
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drawing made of elements has no src
        role="img"
        aria-label={`Win rate against ${title}: ${points.map((point) => spokenText(point, against)).join("; ")}`}
        className="w-full font-mono text-[11px]"
      >
        <Axes
          width={width}
          ticks={across
            .ticks(width < 450 ? 3 : 5)
            .map((tick) => ({ x: across(tick), text: tickText(tick, against) }))}
          title={title}
        />
        {points.map((point) => (
          <Point key={point.id} point={point} x={across(point.value)} />
        ))}
        {points.map((point, index) => (
          <Label key={point.id} point={point} x={across(point.value)} spot={spots[index]} />
        ))}
      </svg>
    </figure>
  );
}

interface AxesProps {
  width: number;
  ticks: readonly { x: number; text: string }[];
  title: string;
}

function Axes({ width, ticks, title }: AxesProps) {
  return (
    <g className="fill-ink-2">
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <g key={share}>
          <line
            x1={EDGE.left}
            x2={width - EDGE.right}
            y1={up(share)}
            y2={up(share)}
            className="stroke-line"
          />
          <text x={EDGE.left - 8} y={up(share) + 4} textAnchor="end">
            {share * 100} %
          </text>
        </g>
      ))}
      {ticks.map(({ x, text }) => (
        <text key={x} x={x} y={HEIGHT - EDGE.bottom + 16} textAnchor="middle">
          {text}
        </text>
      ))}
      <text x={(EDGE.left + width - EDGE.right) / 2} y={HEIGHT - 6} textAnchor="middle">
        {title}
      </text>
    </g>
  );
}

function Point({ point, x }: { point: Plotted; x: number }) {
  return (
    <g>
      <title>{`${point.label}: ${rateText(point.rate)}`}</title>
      <line
        x1={x}
        x2={x}
        y1={up(point.rate.low)}
        y2={up(point.rate.high)}
        className="stroke-ink-2"
        strokeWidth="1.5"
      />
      <circle cx={x} cy={up(point.share)} r="5.5" className="fill-ink" />
    </g>
  );
}

interface LabelProps {
  point: Plotted;
  x: number;
  spot: LabelSpot | undefined;
}

/** Above all points, with an edge in the paper's colour, so that it can be read where it crosses a line. */
function Label({ point, x, spot }: LabelProps) {
  if (spot === undefined) return null;
  return (
    <g>
      {spot.isFar && (
        <line x1={x} y1={up(point.share)} x2={spot.x} y2={spot.y - 4} className="stroke-line-2" />
      )}
      <text
        x={spot.x}
        y={spot.y}
        textAnchor={spot.anchor}
        paintOrder="stroke"
        strokeWidth="4"
        className="fill-ink stroke-sheet font-sans font-semibold"
      >
        {point.label}
      </text>
    </g>
  );
}

/** The width that an element has on screen, limited to what a chart can be drawn in. */
function useShownWidth(): [ref: (element: HTMLElement) => () => void, width: number] {
  const [width, setWidth] = useState<number>(WIDTHS.most);
  const ref = useCallback((element: HTMLElement) => {
    const observer = new ResizeObserver(() =>
      setWidth(Math.min(WIDTHS.most, Math.max(WIDTHS.least, element.clientWidth))),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}

function plotted(ranked: readonly RankedColumn[], against: RankChartProps["against"]): Plotted[] {
  return ranked.flatMap((one) => {
    const { microUsdEach, medianMs } = one.facts;
    const thousandths = against === "price" ? microUsdEach : medianMs;
    const { share } = one.rate;
    return thousandths === null || share === null
      ? []
      : [{ ...one, value: thousandths / 1000, share }];
  });
}

function up(share: number): number {
  return HEIGHT - EDGE.bottom - share * (HEIGHT - EDGE.bottom - EDGE.top);
}

function tickText(tick: number, against: RankChartProps["against"]): string {
  return against === "price" ? `$${tick.toFixed(2)}` : `${tick} s`;
}

function spokenText(
  { label, rate, facts }: RankedColumn,
  against: RankChartProps["against"],
): string {
  const value =
    against === "price" ? perThousandText(facts.microUsdEach) : secondsText(facts.medianMs);
  return `${label} ${rateText(rate)} at ${value}`;
}

/** A point of a chart, in pixels from its top left, with what is written beside it. */
interface LabelledPoint {
  x: number;
  y: number;
  text: string;
}

/** Where a label is written: its baseline, and whether it starts or ends there. */
export interface LabelSpot {
  x: number;
  y: number;
  anchor: "start" | "end";
  /** True if it is so far away that a line must lead to it. */
  isFar: boolean;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const LINE = 14;
/** A generous guess for semi-bold letters of 11 px: a gap does no harm. */
const LETTER = 6.6;
const BESIDE = 11;
const POINT = 6;
/** From the point to the baseline: just above, just below, and then line by line farther, over any chart's height. */
const SHIFTS = Array.from({ length: 40 }, (_, step) =>
  step % 2 === 0 ? -9 - 7 * step : 17 + 7 * (step - 1),
);

/**
 * Finds a spot for the label of each point, so that none covers another or a point, and all stay inside. If there is no
 * room at all, a label is placed where it would be alone.
 */
export function placeLabels(points: readonly LabelledPoint[], inside: Box): LabelSpot[] {
  const dots = points.map(({ x, y }) => around(x, y));
  const taken: Box[] = [];
  return points.map((point, index) => {
    const others = dots.filter((_, place) => place !== index);
    const spots = spotsOf(point, inside);
    const free = spots.find((spot) => {
      const box = boxOf(spot, point.text);
      return isWithin(box, inside) && ![...taken, ...others].some((one) => overlap(one, box));
    });
    const spot = free ?? spots[0] ?? { x: point.x, y: point.y, anchor: "start", isFar: false };
    taken.push(boxOf(spot, point.text));
    return spot;
  });
}

/** From the nearest to the farthest; of two equally near, the one on the side with more room. */
function spotsOf({ x, y }: LabelledPoint, inside: Box): LabelSpot[] {
  const sides: LabelSpot["anchor"][] =
    x > (inside.left + inside.right) / 2 ? ["end", "start"] : ["start", "end"];
  return SHIFTS.flatMap((shift, index) =>
    sides.map((anchor) => ({
      x: anchor === "start" ? x + BESIDE : x - BESIDE,
      y: y + shift,
      anchor,
      isFar: index > 1,
    })),
  );
}

function boxOf({ x, y, anchor }: LabelSpot, text: string): Box {
  const width = text.length * LETTER;
  return {
    left: anchor === "start" ? x : x - width,
    right: anchor === "start" ? x + width : x,
    top: y - LINE + 3,
    bottom: y + 3,
  };
}

function around(x: number, y: number): Box {
  return { left: x - POINT, right: x + POINT, top: y - POINT, bottom: y + POINT };
}

function isWithin(box: Box, inside: Box): boolean {
  return (
    box.left >= inside.left &&
    box.right <= inside.right &&
    box.top >= inside.top &&
    box.bottom <= inside.bottom
  );
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  );
}
