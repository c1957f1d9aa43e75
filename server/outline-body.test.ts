import * as fc from "fast-check";
import { expect, test, vi } from "vitest";
import { MODELS } from "#src/catalog/models.ts";
import { admitTasks, readTaskArray } from "./admit-tasks.ts";
import { outlineJson } from "./outline-body.ts";
import { captionTask } from "./test-support.ts";

const LIMITS = { mostDepth: 8, mostParts: 2_000, mostBytesOutside: 64 * 1_024 };
const PICTURE = `data:image/jpeg;base64,${"/9j+".repeat(5_000)}`;

/** What goes to the service for a body; null if the body is refused. */
function forwarded(body: Buffer): string | null {
  const read = readTaskArray(body);
  if (read.kind === "refused") return null;
  const admission = admitTasks(read.array.tasks);
  if (admission.kind === "refused") return null;
  return Buffer.concat(read.array.write(admission.tasks)).toString("utf8");
}

/** The same the simple way: everything is parsed, checked whole, and written again. */
function forwardedPlainly(body: Buffer): string | null {
  try {
    const tasks: unknown = JSON.parse(body.toString("utf8"));
    if (!Array.isArray(tasks) || tasks.length > 20) return null;
    const admission = admitTasks(tasks);
    return admission.kind === "refused" ? null : JSON.stringify(admission.tasks);
  } catch {
    return null;
  }
}

const filling = fc.constantFrom(
  "",
  "A",
  "é",
  "\u0000",
  "\\",
  '"',
  " ",
  "漢",
  "\ud800",
  "\u007f",
  "\t",
);

const picture = fc
  .record({
    prefix: fc.constantFrom(
      "data:image/jpeg;base64,",
      "data:image/webp;base64,",
      "data:image/png;base64,",
      `data:image/${"x".repeat(2_000)};base64,`,
      "data:text/plain,",
      "https://example.com/",
      "AAAA",
      "no picture ",
    ),
    length: fc.constantFrom(0, 10, 3_000, 4_073, 4_096, 9_000),
    odd: filling,
  })
  .map(({ prefix, length, odd }) => `${prefix}${"AbC/".repeat(length / 4)}${odd}AAAA`);

const field = fc.oneof(
  fc.tuple(fc.constantFrom("prompt", "model", "image", "taskUUID", "extra"), picture),
  fc.tuple(fc.constant("model"), fc.constantFrom(...MODELS.map(({ id }) => id))),
  fc.tuple(fc.constant("inputs"), fc.record({ image: picture })),
  fc.tuple(
    fc.constantFrom("__proto__", "constructor", "webhookURL", "numberResults", "deliveryMethod"),
    fc.constantFrom<unknown>(null, 1, "sync", {}, [], { image: PICTURE }),
  ),
  fc.tuple(picture, picture),
);

const sound = fc.oneof(
  picture.map((image) => captionTask({ inputs: { image } })),
  fc.tuple(picture, picture).map(([image, prompt]) => captionTask({ prompt, inputs: { image } })),
  picture.map((image) => ({
    taskType: "imageUpload",
    taskUUID: crypto.randomUUID(),
    image,
  })),
  picture.map((apiKey) => ({ taskType: "authentication", apiKey })),
);

/** Mostly none, otherwise one or two. */
function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant<T[]>([]) },
    { weight: 1, arbitrary: fc.array(arbitrary, { minLength: 1, maxLength: 2 }) },
  );
}

/** A task as text, with some of its fields repeated or unknown, some whitespace, some letters as escapes. */
const taskText = fc
  .tuple(sound, rarely(field), fc.constantFrom("", " ", "\n\t"), fc.boolean())
  .map(([task, fields, blank, isEscaped]) => {
    const text = [...Object.entries(task), ...fields]
      .map(([name, value]) => `${JSON.stringify(name)}${blank}:${JSON.stringify(value)}`)
      .join(`${blank},`);
    return `{${isEscaped ? text.replaceAll("/", "\\/") : text}${blank}}`;
  });

const bodyText = fc
  .tuple(
    fc.array(taskText, { minLength: 1, maxLength: 2 }),
    fc.constantFrom("", "", "", "", "", "", "", "", "\ufeff", "[", "]", ",", '"', "\u0000", "x"),
  )
  .chain(([tasks, flaw]) =>
    fc.constantFrom(`${flaw}[${tasks.join(",")}]`, `[${tasks.join(",")}]${flaw}`),
  );

test("exactly that part of any body is forwarded which parsing all of it would forward", () => {
  let admitted = 0;
  fc.assert(
    fc.property(bodyText, (text) => {
      const body = Buffer.from(text);
      const expected = forwardedPlainly(body);
      if (expected !== null) admitted += 1;
      expect(forwarded(body)).toBe(expected);
    }),
    { numRuns: 500 },
  );
  // Otherwise the test would compare only refusals.
  expect(admitted).toBeGreaterThan(50);
});

test("a body with any of its bytes changed is forwarded as if all of it had been parsed", () => {
  const text = JSON.stringify([captionTask({ prompt: "Größe?", inputs: { image: PICTURE } })]);
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(changes, (changed) => {
      const body = Buffer.from(text);
      for (const [at, byte] of changed) body[at % body.length] = byte;
      // Near both ends too, since the fields are there.
      for (const [at, byte] of changed.slice(1)) body[at % 400] = byte;
      expect(forwarded(body)).toBe(forwardedPlainly(body));
    }),
    { numRuns: 500 },
  );
});

test("a picture is not built, and is passed on as the very bytes it came in", () => {
  const body = Buffer.from(JSON.stringify([captionTask({ inputs: { image: PICTURE } })]));
  const read = readTaskArray(body);
  const array = read.kind === "read" ? read.array : null;
  expect(JSON.stringify(array?.tasks).length).toBeLessThan(2_000);
  const admission = admitTasks(array?.tasks ?? []);
  const pieces = admission.kind === "admitted" ? array?.write(admission.tasks) : [];
  const largest = pieces?.find((piece) => piece.byteLength > 10_000);
  expect(largest?.buffer).toBe(body.buffer);
});

test.each([
  ["12 MB of opening brackets", "[".repeat(12 * 1_024 * 1_024)],
  ["a million empty objects", `[${"{},".repeat(1_000_000)}{}]`],
  ["a million small strings", `[${'"",'.repeat(1_000_000)}""]`],
  ["12 MB of blanks", " ".repeat(12 * 1_024 * 1_024)],
  ["one endless number", `[${"1".repeat(12 * 1_024 * 1_024)}]`],
  ["a string without an end", `["${'\\"'.repeat(6 * 1_024 * 1_024)}`],
])("%s are refused before anything is parsed", (_, text) => {
  const body = Buffer.from(text);
  const parse = vi.spyOn(JSON, "parse");
  try {
    expect(outlineJson(body, LIMITS)).toBeNull();
    expect(parse).not.toHaveBeenCalled();
  } finally {
    parse.mockRestore();
  }
});

test("a body that is nested deeper than any task is refused, even if it is valid", () => {
  const nested = (depth: number) => Buffer.from("[".repeat(depth) + "]".repeat(depth));
  expect(readTaskArray(nested(8)).kind).toBe("read");
  expect(readTaskArray(nested(9)).kind).toBe("refused");
});
