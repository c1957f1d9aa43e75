import * as fc from "fast-check";
import { expect, test } from "vitest";
import { failureText } from "#src/domain/failure-text.ts";
import { toFailure } from "#src/domain/failure.ts";
import { ample, createTestClient, order, TASK_UUID } from "./test-client.ts";

const word = fc.stringMatching(/^[A-Za-z0-9]{8,40}$/u);
const secrets = fc.record({
  key: word,
  prompt: fc.oneof(
    word,
    fc.tuple(word, word).map(([one, other]) => `${one}, "${other}"\nand more`),
  ),
  pixels: fc.uint8Array({ minLength: 30, maxLength: 900 }),
});
const CODES = [
  "invalidModel",
  "invalidApiKey",
  "nsfwContentDetected",
  "taskNotFound",
  "internalServerError",
  "brandNewCode",
  "",
];

const replies = fc.record({
  code: fc.constantFrom(...CODES),
  status: fc.constantFrom(200, 400, 401, 404, 429, 500),
  named: fc.boolean(),
});

// A service that quotes whatever it was sent, wherever it can.
test("no failure holds the key, the prompt or the picture, whatever the service quotes", async () => {
  await fc.assert(
    fc.asyncProperty(secrets, replies, async ({ key, prompt, pixels }, { code, status, named }) => {
      const dataUri = `data:image/jpeg;base64,${Buffer.from(pixels).toString("base64")}`;
      const quoted = `Bad "${prompt}" for ${dataUri} by Bearer ${key} (${prompt})`;
      const error = {
        code: code === "" ? `bad${key}` : code,
        message: quoted,
        parameter: [prompt, dataUri, key],
        ...(named ? { taskUUID: TASK_UUID } : {}),
      };
      const { client } = createTestClient(() => Response.json({ errors: [error] }, { status }), {
        connection: { kind: "direct" },
        key: () => key,
      });
      const asked = order({ prompt, picture: { kind: "data-uri", dataUri } });
      const thrown: unknown = await client.ask(asked, ample()).then(
        () => null,
        (reason: unknown) => reason,
      );
      const failure = toFailure(thrown);
      const told = `${JSON.stringify(failure)} ${failureText(failure)} ${String(thrown)}`;
      const base64 = dataUri.slice(dataUri.indexOf(",") + 1);
      for (const secret of [key, prompt, JSON.stringify(prompt).slice(1, -1), base64]) {
        expect(told).not.toContain(secret);
      }
      expect(failure.kind).not.toBe("internal");
    }),
    { numRuns: 300 },
  );
});

test.each([
  ["cut short", `data:image/jpeg;base64,${"QUJD".repeat(12)}`],
  ["without its beginning", "QUJD".repeat(40)],
])("a picture quoted %s is taken out as well", async (_how, quoted) => {
  const errors = [{ code: "invalidImage", message: `Cannot read ${quoted} here.` }];
  const { client } = createTestClient(() => Response.json({ errors }, { status: 400 }));
  const failure = await client.ask(order(), ample()).catch(toFailure);
  expect(failure).toMatchObject({ message: expect.stringMatching(/^Cannot read \S+ here\.$/u) });
  expect(JSON.stringify(failure)).not.toContain("QUJD");
});

test("messages stay readable, short and in one line", async () => {
  const message = `The picture\n\n could not be read. ${"Really. ".repeat(200)}`;
  const errors = [{ code: "invalidImage", message }];
  const { client } = createTestClient(() => Response.json({ errors }, { status: 400 }));
  const failure = await client.ask(order(), ample()).catch(toFailure);
  expect(failure).toMatchObject({
    kind: "rejected",
    message: expect.stringMatching(/^The picture could not be read\. Really\..{0,220}…$/u),
  });
});
