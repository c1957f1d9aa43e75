/**
 * An endless series of numbers in [0, 1), the same for the same seed (mulberry32, Tommy Ettinger, public domain).
 */
export function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An SVG document of a size in pixels. */
export function drawing(width, height, ...parts) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${parts.flat(9).join("")}</svg>`;
}

/** A gradient from top to bottom; stops are [offset 0–1, colour, opacity]. */
export function vertical(id, ...stops) {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stopList(stops)}</linearGradient>`;
}

/** A gradient from left to right. */
export function horizontal(id, ...stops) {
  return `<linearGradient id="${id}" x1="0" y1="0" x2="1" y2="0">${stopList(stops)}</linearGradient>`;
}

/** A gradient from the middle outwards. */
export function glow(id, ...stops) {
  return `<radialGradient id="${id}">${stopList(stops)}</radialGradient>`;
}

/** A soft edge, as wide as `deviation` in pixels. */
export function blur(id, deviation) {
  return `<filter id="${id}" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${deviation}"/></filter>`;
}

export function rect(x, y, width, height, fill, more = "") {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}" ${more}/>`;
}

export function circle(x, y, radius, fill, more = "") {
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="${fill}" ${more}/>`;
}

export function ellipse(x, y, radiusX, radiusY, fill, more = "") {
  return `<ellipse cx="${round(x)}" cy="${round(y)}" rx="${round(radiusX)}" ry="${round(radiusY)}" fill="${fill}" ${more}/>`;
}

export function path(d, fill, more = "") {
  return `<path d="${d}" fill="${fill}" ${more}/>`;
}

export function stroke(d, colour, width, more = "") {
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;
}

/** `count` drawn things, each made from its number. */
export function many(count, draw) {
  return Array.from({ length: count }, (_, index) => draw(index));
}

/** A line of hills across the picture, filled down to its lower edge. */
export function hills(random, { width, height, level, rise, steps, fill, more = "" }) {
  const points = many(steps + 1, (index) => [
    (index * width) / steps,
    level - rise * (0.15 + 0.85 * random()),
  ]);
  return path(`${smooth(points)}L${width} ${height}L0 ${height}Z`, fill, more);
}

/** A smooth line through points (Catmull–Rom turned into Béziers). */
export function smooth(points) {
  const at = (index) => points[Math.max(0, Math.min(points.length - 1, index))];
  return points
    .map(([x, y], index) => {
      if (index === 0) return `M${round(x)} ${round(y)}`;
      const [before, from, next] = [at(index - 2), at(index - 1), at(index + 1)];
      const first = [from[0] + (x - before[0]) / 6, from[1] + (y - before[1]) / 6];
      const second = [x - (next[0] - from[0]) / 6, y - (next[1] - from[1]) / 6];
      return `C${[...first, ...second, x, y].map(round).join(" ")}`;
    })
    .join("");
}

/** A random one of a list. */
export function pick(random, list) {
  return list[Math.floor(random() * list.length)];
}

/** A random number between two. */
export function between(random, low, high) {
  return low + random() * (high - low);
}

export function round(value) {
  return Math.round(value * 10) / 10;
}

function stopList(stops) {
  return stops
    .map(
      ([offset, colour, opacity = 1]) =>
        `<stop offset="${offset}" stop-color="${colour}" stop-opacity="${opacity}"/>`,
    )
    .join("");
}
