import { expect, test } from "vitest";
import { parseUsd, readCap, usdText } from "./cap-form.tsx";

test.each([
  ["2.50", 2_500_000],
  [" $0.0019 ", 1_900],
  ["1,5", 1_500_000],
  [".5", 500_000],
  ["3.", 3_000_000],
  ["0", 0],
  ["1,000.50", 1_000_500_000],
  ["1.000,50", 1_000_500_000],
  ["$ 1000.5", 1_000_500_000],
])("%j is %d micro-dollars", (text, microUsd) => {
  expect(parseUsd(text)).toEqual({ microUsd, isAmbiguous: false });
});

test.each(["", "$", ".", "-1", "1e9", "two", "Infinity", "99999999"])("%j is no amount", (text) => {
  expect(parseUsd(text)).toBeNull();
  expect(readCap(text).kind).toBe("refuse");
});

test.each([
  ["1,000", "1000.00", "$1,000.00", 1_000_000_000],
  ["1.234", "1.2340", "$1.234", 1_234_000],
])(
  "%j as a cap is first shown as understood, and saved by a second press",
  (text, shown, said, kept) => {
    const entry = readCap(text);
    expect(entry).toMatchObject({ kind: "ask", text: shown });
    if (entry.kind !== "ask") return;
    expect(entry.question).toContain(said);
    expect(readCap(entry.text)).toEqual({ kind: "keep", microUsd: kept });
  },
);

test("what the field itself holds is never ambiguous", () => {
  for (const microUsd of [0, 1_900, 999_999, 1_234_000, 2_500_000, 1_000_000_000])
    expect(readCap(usdText(microUsd))).toEqual({ kind: "keep", microUsd });
});
