import { describe, expect, test } from "vitest";
import { DRY_RUN_HEADER } from "#src/contract/endpoint.ts";
import type { Connection } from "#src/domain/connection.ts";
import { ample, createTestClient, failureFrom, TASK_UUID, type TestClient } from "./test-client.ts";

const direct: Connection = { kind: "direct" };
const key = (): string => "key-of-mine";

function account(fields: Record<string, unknown>): Response {
  return Response.json({
    data: [{ taskType: "accountManagement", taskUUID: TASK_UUID, ...fields }],
  });
}

describe("balance", () => {
  test.each([
    [12.5, { microUsd: 12_500_000, freeMicroUsd: null }],
    [0, { microUsd: 0, freeMicroUsd: null }],
    [-0.25, { microUsd: -250_000, freeMicroUsd: null }],
    [
      { amount: 3.2, freeBalance: 1, currency: "USD" },
      { microUsd: 3_200_000, freeMicroUsd: 1_000_000 },
    ],
    [{ amount: 3.2, currency: "EUR" }, null],
    ["plenty", null],
    [undefined, null],
  ])("%j is read as %j", async (balance, expected) => {
    const { client } = createTestClient(() => account({ balance, organizationName: "Team" }));
    await expect(client.balance(ample())).resolves.toEqual(expected);
  });

  test("a wrong key is reported as such", async () => {
    const { client } = createTestClient(() =>
      Response.json({ errors: [{ code: "invalidApiKey" }] }, { status: 401 }),
    );
    expect(await failureFrom(client.balance(ample()))).toEqual({
      kind: "auth",
      code: "invalidApiKey",
      saidBy: "service",
    });
  });
});

describe("test", () => {
  // Answers the account call as told, and a dry run with `dryRun`.
  function withDryRun(accountReply: () => Response, dryRun: () => Response): TestClient {
    return createTestClient(
      ({ headers }) => (headers.get(DRY_RUN_HEADER) === "1" ? dryRun() : accountReply()),
      { connection: direct, key },
    );
  }
  const unasked = (): never => {
    throw new Error("No dry run was expected.");
  };
  const denied = (code: string): Response => Response.json({ errors: [{ code }] }, { status: 400 });

  test("says in words that the key is accepted, and what is left", async () => {
    const { client, sent } = withDryRun(() => account({ balance: 4.1 }), unasked);
    await expect(client.test(ample())).resolves.toEqual({
      kind: "works",
      text: "The service accepts your key; $4.10 left.",
      balance: { microUsd: 4_100_000, freeMicroUsd: null },
    });
    expect(sent).toHaveLength(1);
  });

  test("if the account call says nothing about the balance, a dry run tests the key", async () => {
    const { client } = withDryRun(
      () => denied("unsupportedTaskType"),
      () => Response.json({ data: [{ taskUUID: TASK_UUID, cost: 0.0006 }] }),
    );
    await expect(client.test(ample())).resolves.toMatchObject({ kind: "works", balance: null });
  });

  test("a dry run that finds the key wrong says so", async () => {
    const { client } = withDryRun(
      () => denied("unsupportedTaskType"),
      () => denied("invalidApiKey"),
    );
    await expect(client.test(ample())).resolves.toMatchObject({
      kind: "fails",
      failure: { kind: "auth" },
    });
  });

  test("a wrong key needs no dry run", async () => {
    const { client, sent } = withDryRun(() => denied("invalidApiKey"), unasked);
    await expect(client.test(ample())).resolves.toMatchObject({ failure: { kind: "auth" } });
    expect(sent).toHaveLength(1);
  });

  test("through a proxy nothing is asked that could be charged", async () => {
    const { client, sent } = createTestClient(() => denied("unsupportedTaskType"));
    await expect(client.test(ample())).resolves.toMatchObject({ kind: "fails" });
    expect(sent).toHaveLength(1);
  });

  test("the sandbox says that it simulates", async () => {
    const { client } = createTestClient(() => account({ balance: 10 }), {
      connection: { kind: "proxy", baseUrl: "http://p.test/api", upstream: "sandbox" },
    });
    await expect(client.test(ample())).resolves.toMatchObject({
      kind: "works",
      text: expect.stringContaining("simulated"),
    });
  });

  test("a test that is cancelled has no result", async () => {
    const { client } = createTestClient(() => account({ balance: 10 }));
    const limits = { signal: AbortSignal.abort(), timeoutMs: 1000 };
    expect((await failureFrom(client.test(limits))).kind).toBe("cancelled");
  });
});
