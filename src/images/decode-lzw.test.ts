import { expect, it } from "vitest";
import { decodeLzw } from "./decode-lzw.ts";

/** Packs codes from the highest bit down, each with the width the reader expects at that point. */
function packed(codes: readonly (readonly [code: number, bits: number])[]): Uint8Array {
  const bits = codes.map(([code, width]) => code.toString(2).padStart(width, "0")).join("");
  const bytes = bits.match(/.{1,8}/g) ?? [];
  return Uint8Array.from(bytes, (byte) => Number.parseInt(byte.padEnd(8, "0"), 2));
}
const nine = (...codes: number[]) => packed(codes.map((code) => [code, 9] as const));

it("decodes the example of TIFF 6.0, section 13", () => {
  // The strip 7 7 7 8 8 7 7 6 6 becomes: clear, 7, 258, 8, 8, 258, 6, 6, end.
  const data = nine(256, 7, 258, 8, 8, 258, 6, 6, 257);
  expect([...decodeLzw(data, 9)]).toEqual([7, 7, 7, 8, 8, 7, 7, 6, 6]);
});

it("stops at the size wanted, and leaves the rest of cut data empty", () => {
  const data = nine(256, 7, 258, 259, 260);
  expect([...decodeLzw(data, 4)]).toEqual([7, 7, 7, 7]);
  expect([...decodeLzw(data.subarray(0, 3), 4)]).toEqual([7, 0, 0, 0]);
});

it("stops at a code that cannot have been made yet", () => {
  expect([...decodeLzw(nine(256, 7, 400, 7), 4)]).toEqual([7, 0, 0, 0]);
  expect([...decodeLzw(nine(256, 300), 2)]).toEqual([0, 0]);
});
