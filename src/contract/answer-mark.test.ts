import { expect, test } from "vitest";
import { formatAnswerMarks, readAnswerMark, type AnswerMark } from "./answer-mark.ts";

const ONE = "eb705042-61a2-4922-8945-642ebf948d57";
const OTHER = "3e5eacba-0586-498a-a217-b3eb1135c99f";

test.each<[AnswerMark, AnswerMark]>([
  ["sandbox", "sandbox"],
  ["recorded", "recorded"],
  ["sandbox", "recorded"],
  ["recorded", "sandbox"],
])("marks of two tasks are read back: %s, %s", (one, other) => {
  const header = formatAnswerMarks(
    new Map([
      [ONE, one],
      [OTHER, other],
    ]),
  );
  expect(readAnswerMark(header, ONE)).toBe(one);
  expect(readAnswerMark(header, OTHER.toUpperCase())).toBe(other);
});

test("the short form applies to every task; a reply about none is the sandbox's", () => {
  expect(formatAnswerMarks(new Map([[ONE, "recorded"]]))).toBe("recorded");
  expect(formatAnswerMarks(new Map())).toBe("sandbox");
});

test.each([[null], [""], ["live"], [`${OTHER}=sandbox`], [`${ONE}=live`]])(
  "%j does not mark the task",
  (header) => {
    expect(readAnswerMark(header, ONE)).toBeNull();
  },
);

test("a task's own entry takes precedence over the general one", () => {
  expect(readAnswerMark(`sandbox, ${ONE}=recorded`, ONE)).toBe("recorded");
  expect(readAnswerMark(`sandbox, ${ONE}=recorded`, OTHER)).toBe("sandbox");
});
