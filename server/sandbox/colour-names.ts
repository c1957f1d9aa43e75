/** Common names for colours, each with one sRGB value to measure the distance to. */
const COLOURS: readonly (readonly [name: string, hex: number])[] = [
  ["black", 0x0a0a0a],
  ["charcoal", 0x33353a],
  ["grey", 0x808080],
  ["silver", 0xb9bcc0],
  ["white", 0xfafafa],
  ["cream", 0xf5ecd2],
  ["sand", 0xd9c39a],
  ["beige", 0xc8b08b],
  ["tan", 0xb48a5e],
  ["brown", 0x7a4f2c],
  ["chocolate brown", 0x4a2c1a],
  ["rust", 0xa8481f],
  ["terracotta", 0xc56b4a],
  ["peach", 0xf6c6a0],
  ["orange", 0xf08a24],
  ["amber", 0xf2b23a],
  ["yellow", 0xf4dd3c],
  ["pale yellow", 0xf6ecaa],
  ["gold", 0xc99a2e],
  ["olive", 0x7c7a35],
  ["moss green", 0x5c7040],
  ["lime green", 0xa4cf3e],
  ["green", 0x3b9a45],
  ["sage", 0xa3b596],
  ["dark green", 0x1d4a33],
  ["mint", 0xb5e0c8],
  ["teal", 0x1f7f7d],
  ["turquoise", 0x45c1bd],
  ["sky blue", 0x8fc4ec],
  ["pale blue", 0xcfe0ee],
  ["blue", 0x2f6fcc],
  ["slate blue", 0x5f7390],
  ["steel grey", 0x8b99a8],
  ["navy", 0x1b2b4b],
  ["indigo", 0x3c3480],
  ["violet", 0x7d4fb0],
  ["lavender", 0xc3b3e2],
  ["mauve", 0x9c7790],
  ["plum", 0x55304f],
  ["magenta", 0xc83a8e],
  ["pink", 0xf2a5bb],
  ["rose", 0xcf6f80],
  ["crimson", 0xa31f34],
  ["red", 0xd8322c],
  ["maroon", 0x5c1a20],
];

interface Oklab {
  lightness: number;
  greenRed: number;
  blueYellow: number;
}

const NAMED = COLOURS.map(([name, hex]) => ({
  name,
  oklab: toOklab((hex >> 16) & 255, (hex >> 8) & 255, hex & 255),
}));

/**
 * The name nearest to an sRGB colour (channels 0–255), by distance in Oklab, where equal distances look about equal.
 */
export function colourName(red: number, green: number, blue: number): string {
  const wanted = toOklab(red, green, blue);
  let nearest = { name: "grey", distance: Number.POSITIVE_INFINITY };
  for (const { name, oklab } of NAMED) {
    const distance = Math.hypot(
      oklab.lightness - wanted.lightness,
      // Hue differences count for more than they measure: a dim orange is still called orange or brown, not
      // grey.
      1.6 * (oklab.greenRed - wanted.greenRed),
      1.6 * (oklab.blueYellow - wanted.blueYellow),
    );
    if (distance < nearest.distance) nearest = { name, distance };
  }
  return nearest.name;
}

// Oklab as published by Björn Ottosson (bottosson.github.io/posts/oklab).
function toOklab(red: number, green: number, blue: number): Oklab {
  const r = toLinear(red);
  const g = toLinear(green);
  const b = toLinear(blue);
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {
    lightness: 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    greenRed: 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    blueYellow: 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  };
}

function toLinear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
