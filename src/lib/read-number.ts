/** A number as a user wrote it. */
export interface ReadNumber {
  value: number;
  /**
   * One mark before three digits ("1,000", "1.234") could mean thousands or decimals: show the reading before it
   * counts.
   */
  isAmbiguous: boolean;
}

const SPACES = /[\s\u00a0\u2009\u202f'’_]/gu;
const GROUPED = { ",": /^\d{1,3}(?:,\d{3})+$/u, ".": /^\d{1,3}(?:\.\d{3})+$/u } as const;

/**
 * Reads a number of at least 0 as people write it: 1,000 · 1.000,50 · 1 000,5 · 1000.5. If both marks are there, the
 * last one marks the decimals. One comma before three digits is read as thousands, one point as the decimals. Null for
 * anything else, such as 1,00,0 or 1e9.
 */
export function readNumber(text: string): ReadNumber | null {
  const spaced = text.trim();
  // A space that isn't between digits belongs to something else.
  if (/[^\d.,]{2}/u.test(spaced) || !/^[\d.,](?:.*[\d.,])?$/u.test(spaced)) return null;
  const marks = spaced.replaceAll(SPACES, "");
  if (!/^[\d.,]+$/u.test(marks) || !/\d/u.test(marks)) return null;
  const kinds = ([",", "."] as const).filter((mark) => marks.includes(mark));
  const [only, other] = kinds;
  if (only === undefined) return { value: Number(marks), isAmbiguous: false };
  if (other !== undefined) return readMixed(marks);
  const count = marks.split(only).length - 1;
  if (count > 1) return GROUPED[only].test(marks) ? clear(marks.replaceAll(only, "")) : null;
  const isAmbiguous = GROUPED[only].test(marks) && !marks.startsWith("0");
  const digits = marks.replace(only, isAmbiguous && only === "," ? "" : ".");
  return { value: Number(digits), isAmbiguous };
}

/**
 * Reads a whole number, in which a mark can only group thousands: "1.000" is a thousand. Null if it is none.
 */
export function readWholeNumber(text: string): number | null {
  const digits = text.trim().replaceAll(SPACES, "");
  if (/^\d+$/u.test(digits)) return Number(digits);
  if (GROUPED[","].test(digits) || GROUPED["."].test(digits))
    return Number(digits.replaceAll(/[.,]/gu, ""));
  return null;
}

function clear(digits: string): ReadNumber {
  return { value: Number(digits), isAmbiguous: false };
}

function readMixed(marks: string): ReadNumber | null {
  const decimal = marks.lastIndexOf(",") > marks.lastIndexOf(".") ? "," : ".";
  const group = decimal === "," ? "." : ",";
  const [whole = "", part = "", ...more] = marks.split(decimal);
  if (more.length > 0 || !GROUPED[group].test(whole)) return null;
  return clear(`${whole.replaceAll(group, "")}.${part}`);
}
