import { expect, test } from "vitest";
import { backgroundFor } from "./background.ts";

type Colour = readonly [number, number, number, number];

const CLEAR: Colour = [0, 0, 0, 0];
const WHITE: Colour = [255, 255, 255, 255];
const BLACK: Colour = [0, 0, 0, 255];
const GREY: Colour = [128, 128, 128, 255];

function pixels(...parts: readonly (readonly [Colour, number])[]): number[] {
  return parts.flatMap(([colour, count]) => Array.from({ length: count }, () => colour).flat());
}

test.each([
  ["dark artwork", pixels([CLEAR, 90], [BLACK, 10]), "white"],
  ["white artwork", pixels([CLEAR, 90], [WHITE, 10]), "grey"],
  ["pale yellow artwork", pixels([CLEAR, 90], [[255, 250, 190, 255], 10]), "grey"],
  ["white and mid-grey artwork", pixels([CLEAR, 80], [WHITE, 10], [GREY, 10]), "dark"],
  ["white and black artwork", pixels([CLEAR, 80], [WHITE, 10], [BLACK, 10]), "grey"],
  ["a product with highlights", pixels([CLEAR, 50], [GREY, 40], [WHITE, 10]), "white"],
  [
    "white, mid-grey and black artwork",
    pixels([CLEAR, 70], [WHITE, 10], [GREY, 10], [BLACK, 10]),
    "checker",
  ],
  ["a picture of which nothing can be seen", pixels([CLEAR, 100]), "white"],
  ["white glass", pixels([CLEAR, 50], [[255, 255, 255, 120], 50]), "grey"],
  ["an opaque picture", pixels([WHITE, 90], [[9, 9, 9, 252], 10]), null],
])("%s goes on the background that it differs from", (_, data, background) => {
  expect(backgroundFor(data)).toBe(background);
});
