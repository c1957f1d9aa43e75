import { expect, test } from "vitest";
import { AGE_MODELS, TEXT_MODELS } from "#src/catalog/find-models.ts";
import type { Balance } from "#src/domain/connection.ts";
import type { CallLimits, Delivery, TaskOrder } from "#src/domain/delivery.ts";
import { type Failure, type FailureKind, toFailure } from "#src/domain/failure.ts";

/** The part of a client that the contract applies to. */
export interface ConformingClient {
  ask(order: TaskOrder, limits: CallLimits): Promise<Delivery>;
  lookUp(taskUuid: string, limits: CallLimits): Promise<Delivery>;
  upload(
    order: { taskUuid: string; dataUri: string },
    limits: CallLimits,
  ): Promise<{ imageUuid: string; imageUrl: string | null }>;
  balance(limits: CallLimits): Promise<Balance | null>;
}

/** Whoever answers: the stand-in or the service. */
export interface ConformanceSubject {
  client: ConformingClient;
  /** The same, with an invalid key. */
  strangersClient: ConformingClient;
  /** A small, valid JPEG, PNG or WebP. */
  pictureDataUri: string;
  newUuid: () => string;
  /** Time for one call, and between two look-ups. */
  timeoutMs: number;
  pollEveryMs: number;
}

const NO_PICTURE = `data:image/jpeg;base64,${Buffer.from("This is no picture at all.").toString("base64")}`;

/**
 * What both the stand-in and the service must do, as tests. If the service's behaviour is not known for certain,
 * everything the app can cope with passes. Against the service one round costs about two cents.
 */
export function testConformance(subject: ConformanceSubject): void {
  testAnswers(subject);
  testTaskIds(subject);
  testRefusals(subject);
}

function testAnswers(subject: ConformanceSubject): void {
  const { client, newUuid } = subject;

  test.each(TEXT_MODELS)("$name answers with text, for a known price", async (model) => {
    const prompt = model.prompt === "followed" ? "Describe this picture in one sentence." : null;
    const delivery = await client.ask(
      orderTo(subject, { modelId: model.id, prompt }),
      limits(subject),
    );
    expect(delivery).toMatchObject({
      kind: "answered",
      answer: { kind: "caption", text: expect.stringMatching(/\w/u) },
      costMicroUsd: expect.any(Number),
    });
  });

  test.each(AGE_MODELS)("$name answers with one of its groups", async (model) => {
    const asked = orderTo(subject, { modelId: model.id, prompt: null });
    const delivery = await client.ask(asked, limits(subject));
    const answer = delivery.kind === "answered" ? delivery.answer : null;
    if (answer?.kind !== "age") throw new Error("Expected an age group.");
    const { label, range, confidence } = answer.verdict;
    expect(model.ageGroups?.labels.some((group) => label.endsWith(group))).toBe(true);
    expect(range).not.toBeNull();
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThanOrEqual(1);
  });

  test("async delivery is accepted first, and its answer found later", async () => {
    const asked = orderTo(subject, { delivery: "async" });
    await expect(client.ask(asked, limits(subject))).resolves.toEqual({ kind: "processing" });
    await expect(finished(subject, asked.taskUuid)).resolves.toMatchObject({
      kind: "answered",
      answer: { kind: "caption" },
    });
  });

  test("a picture that was uploaded can be asked about by its id", async () => {
    const { pictureDataUri: dataUri } = subject;
    const { imageUuid } = await client.upload({ taskUuid: newUuid(), dataUri }, limits(subject));
    const asked = orderTo(subject, { picture: { kind: "uuid", imageUuid } });
    await expect(client.ask(asked, limits(subject))).resolves.toMatchObject({ kind: "answered" });
  });

  test("the balance is given in dollars, or not at all", async () => {
    const balance = await client.balance(limits(subject));
    expect(balance === null || Number.isInteger(balance.microUsd)).toBe(true);
  });
}

function testTaskIds(subject: ConformanceSubject): void {
  const { client, newUuid } = subject;

  test("a UUID in use is a conflict, and at most its answer can be looked up", async () => {
    const asked = orderTo(subject);
    await client.ask(asked, limits(subject));
    expect(await failureOf(client.ask(asked, limits(subject)))).toEqual({
      kind: "conflict",
      saidBy: "service",
    });
    // Whether answers of sync tasks are kept is up to the service.
    const found = await client.lookUp(asked.taskUuid, limits(subject)).then(kindOf, kindOfFailure);
    expect(["answered", "processing", "not-found", "rejected"]).toContain(found);
  });

  test("a UUID nobody sent looks like a running task, or is not found", async () => {
    const found = await client.lookUp(newUuid(), limits(subject)).then(kindOf, kindOfFailure);
    expect(["processing", "not-found", "rejected"]).toContain(found);
  });

  test("a taskUUID that is no UUID v4 is rejected", async () => {
    const taskUuid = newUuid().replace(/^(.{14})4/u, "$15");
    expect(await kindFrom(client.ask(orderTo(subject, { taskUuid }), limits(subject)))).toBe(
      "rejected",
    );
  });
}

function testRefusals(subject: ConformanceSubject): void {
  const { client, strangersClient, newUuid } = subject;

  test("a model it does not have is rejected", async () => {
    const asked = orderTo(subject, { modelId: "runware:999999@9" });
    expect(["rejected", "not-found"]).toContain(await kindFrom(client.ask(asked, limits(subject))));
  });

  test("a file that is no picture is rejected", async () => {
    const asked = orderTo(subject, { picture: { kind: "data-uri", dataUri: NO_PICTURE } });
    expect(await kindFrom(client.ask(asked, limits(subject)))).toBe("rejected");
  });

  test("a picture it does not have is rejected, or not found", async () => {
    const asked = orderTo(subject, { picture: { kind: "uuid", imageUuid: newUuid() } });
    expect(["rejected", "not-found"]).toContain(await kindFrom(client.ask(asked, limits(subject))));
  });

  test("a wrong key is an error about the key, whatever is asked", async () => {
    expect(await kindFrom(strangersClient.ask(orderTo(subject), limits(subject)))).toBe("auth");
    expect(await kindFrom(strangersClient.balance(limits(subject)))).toBe("auth");
  });
}

function orderTo(subject: ConformanceSubject, change: Partial<TaskOrder> = {}): TaskOrder {
  return {
    taskUuid: subject.newUuid(),
    modelId: "runware:152@2",
    prompt: "Describe this picture in five words.",
    picture: { kind: "data-uri", dataUri: subject.pictureDataUri },
    delivery: "sync",
    ...change,
  };
}

function limits({ timeoutMs }: ConformanceSubject): CallLimits {
  return { signal: new AbortController().signal, timeoutMs };
}

/** Looks a task up until it has ended. If it never does, the test's own timeout ends the wait. */
async function finished(subject: ConformanceSubject, taskUuid: string): Promise<Delivery> {
  const delivery = await subject.client.lookUp(taskUuid, limits(subject));
  if (delivery.kind === "answered") return delivery;
  await new Promise((resolve) => setTimeout(resolve, subject.pollEveryMs));
  return finished(subject, taskUuid);
}

function kindOf(delivery: Delivery): string {
  return delivery.kind;
}

function kindOfFailure(thrown: unknown): FailureKind {
  return toFailure(thrown).kind;
}

async function failureOf(promise: Promise<unknown>): Promise<Failure | null> {
  return promise.then(() => null, toFailure);
}

async function kindFrom(promise: Promise<unknown>): Promise<FailureKind | null> {
  return (await failureOf(promise))?.kind ?? null;
}
