import type { Fault } from "#server/sandbox/scenario.ts";
import type { Page } from "@playwright/test";
import { formatUsd } from "#src/domain/money.ts";
import { failedRequestsTo } from "./fixtures/console-watch.ts";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test } from "./fixtures/test.ts";

const NAME = "picture-1.jpg";

// Chromium logs every failed request, whatever the app makes of it.
test.use({ tolerated: { complaints: [failedRequestsTo("/api/v1")] } });

/**
 * Moves the page's clock on, a little at a time, until a condition holds: the test does not sit through the waits
 * between tries.
 */
async function passTimeUntil(page: Page, isSo: () => Promise<boolean>): Promise<void> {
  await expect
    .poll(
      async () => {
        if (await isSo()) return true;
        await page.clock.runFor(100);
        return isSo();
      },
      { intervals: [0] },
    )
    .toBe(true);
}

/**
 * What the user reads if a task met this on every try, and whether it was worth trying again automatically.
 */
const ENDINGS: readonly { fault: Fault; words: string; tries: 1 | 4 }[] = [
  { fault: "rejected", words: "rejected this because of prompt (invalidPrompt)", tries: 1 },
  { fault: "refused", words: "safety filter refused this", tries: 1 },
  { fault: "not-found", words: "modelNotFound", tries: 1 },
  { fault: "rate-limited-with-wait", words: "busy and asks you to slow down", tries: 4 },
  { fault: "error-in-200", words: "has a problem (serviceUnavailable", tries: 4 },
];

for (const { fault, words, tries } of ENDINGS) {
  test(`${fault}: after ${tries === 1 ? "one try" : "four tries"} the image says why and what to do`, async ({
    app,
    page,
    sandbox,
  }) => {
    await sandbox.play({ rates: { [fault]: 1 }, retryAfterSeconds: 0 });
    await page.clock.install({ time: Date.now() });
    await app.openWith(await drawPictures(1));
    await app.run.click();
    await passTimeUntil(page, async () => (await app.image(NAME).innerText()).includes(words));
    await app.runEnds();
    const { requests, billedMicroUsd } = await sandbox.ledger();
    expect(requests).toBe(tries);
    expect(billedMicroUsd).toBe(0);
    await expect(app.spent).toContainText("$0.00");

    await sandbox.play({});
    await page.getByRole("button", { name: /^(Retry|Ask again): / }).click();
    await expect(app.captionOf(NAME)).toHaveText(/\w/);
    await expect(app.image(NAME)).not.toContainText(words);
  });
}

/**
 * Says nothing certain about the task: it may have come after the work, so the image is asked about only under its own
 * id.
 */
for (const fault of ["server-error", "html-unavailable"] as const) {
  test(`${fault}: after four tries it may have been charged, and sent again it is paid once`, async ({
    app,
    page,
    sandbox,
  }) => {
    await sandbox.play({ rates: { [fault]: 1 }, retryAfterSeconds: 0 });
    await app.openWith(await drawPictures(1));
    await app.run.click();
    await expect(app.image(NAME)).toContainText("has a problem", { timeout: 30_000 });
    await expect(app.image(NAME)).toContainText("The service may have it", { timeout: 30_000 });
    // The test does not wait for the two minutes after which the app gives up.
    await page.clock.setFixedTime(Date.now() + 125_000);
    await expect(app.image(NAME)).toContainText("may have been charged", { timeout: 30_000 });
    await sandbox.play({});
    await page.getByRole("button", { name: `Send again: ${NAME}` }).click();
    await expect(app.captionOf(NAME)).toHaveText(/\w/, { timeout: 30_000 });
    const { tasks, billedMicroUsd } = await sandbox.ledger();
    expect(Object.values(tasks).map(({ timesAccepted }) => timesAccepted)).toEqual([1]);
    await expect(app.spent).toContainText(formatUsd(billedMicroUsd));
  });
}

/** Stops the whole run with one message, since every further task would meet the same failure. */
const STOPS: readonly { fault: Fault; words: string }[] = [
  { fault: "wrong-key", words: "did not accept the key" },
  { fault: "out-of-credit", words: "no credit left" },
];

for (const { fault, words } of STOPS) {
  test(`${fault}: one message for the run, nothing is lost, and it carries on`, async ({
    app,
    page,
    sandbox,
  }) => {
    await sandbox.play({ rates: { [fault]: 1 } });
    await app.openWith(await drawPictures(8));
    await app.run.click();
    await expect(page.getByRole("alert").filter({ hasText: words })).toHaveCount(1);
    expect((await sandbox.ledger()).requests).toBeLessThan(8);
    await expect(app.images.filter({ hasText: words })).toHaveCount(0);

    await sandbox.play({});
    await page.getByRole("button", { name: "Resume" }).click();
    await expect(app.counts).toContainText("8 captioned");
    await expect(page.getByRole("alert").filter({ hasText: words })).toHaveCount(0);
  });
}

/** The work was done and billed, and the answer lost on its way: it is looked up, not paid for again. */
for (const fault of ["closed-after", "broken-json", "empty-body", "timed-out"] as const) {
  test(`${fault}: the answer is looked up and paid once`, async ({ app, sandbox }) => {
    await sandbox.play({ next: [fault] });
    await app.openWith(await drawPictures(1));
    await app.run.click();
    await expect(app.captionOf(NAME)).toHaveText(/\w/);
    const { tasks, billedMicroUsd } = await sandbox.ledger();
    expect(Object.values(tasks).map(({ timesAccepted }) => timesAccepted)).toEqual([1]);
    await expect(app.spent).toContainText(formatUsd(billedMicroUsd));
  });
}

test("unreachable: it says so between the tries, and the image is answered once the service is back", async ({
  app,
  page,
  sandbox,
}) => {
  await sandbox.play({ rates: { "closed-before": 1 } });
  await page.clock.install({ time: Date.now() });
  await app.openWith(await drawPictures(1));
  // From now on time passes only between two looks, so that no try is missed.
  await page.clock.pauseAt(Date.now() + 3_600_000);
  await app.run.click();
  const said = /try 2 of 4\. The proxy cannot be reached/;
  await passTimeUntil(page, async () => said.test(await app.image(NAME).innerText()));
  await sandbox.play({});
  await page.clock.resume();
  await expect(app.captionOf(NAME)).toHaveText(/\w/);
  expect((await sandbox.ledger()).accepted).toBe(1);
});

test("an answer that is lost for good is unsettled, and paid again only if the user asks for it", async ({
  app,
  page,
  sandbox,
}) => {
  await sandbox.play({ next: ["closed-after"], keepSyncResults: false });
  await app.openWith(await drawPictures(1));
  await app.run.click();
  await expect(app.image(NAME)).toContainText("The service may have it");
  // The test does not wait for the two minutes after which the app gives up.
  await page.clock.setFixedTime(Date.now() + 125_000);
  await expect(app.image(NAME)).toContainText("may have been charged");
  await expect(app.counts).toHaveText("0 captioned · 1 with a problem");
  expect((await sandbox.ledger()).accepted).toBe(1);

  await page.getByRole("checkbox", { name: `Select ${NAME}` }).click();
  await app.run.click();
  const dialog = page.getByRole("dialog", { name: "Ask about 1 image again?" });
  await expect(dialog).toContainText("may be charged a second time");
  await dialog.getByRole("button", { name: "Leave as they are" }).click();
  expect((await sandbox.ledger()).accepted).toBe(1);

  // After the ten minutes in which the service can be expected to know its id.
  await page.clock.setFixedTime(Date.now() + 725_000);
  await page.getByRole("button", { name: "Look up 1 unsettled" }).click();
  await expect(app.image(NAME)).toContainText("The service may have it");
  await page.getByRole("button", { name: `Check again: ${NAME}` }).click();
  expect((await sandbox.ledger()).accepted).toBe(1);
  await page.getByRole("button", { name: `Ask again, and perhaps pay twice: ${NAME}` }).click();
  await expect(app.captionOf(NAME)).toHaveText(/\w/);
  expect((await sandbox.ledger()).accepted).toBe(2);
});

test("a model the service no longer has fails on its own image, in words", async ({
  app,
  page,
  sandbox,
}) => {
  await sandbox.play({ retiredModels: ["runware:150@2"] });
  await app.openWith(await drawPictures(1));
  await app.choose("LLaVA");
  await app.run.click();
  await expect(app.image(NAME)).toContainText(/rejected this|no longer knows/);
  await app.choose("Qwen2.5-VL-7B-Instruct");
  await page.getByRole("button", { name: "Retry 1 failed" }).click();
  await expect(app.captionOf(NAME)).toHaveText(/\w/);
});

test("a new try that fails is shown beneath the existing answer, counted, and can be retried", async ({
  app,
  page,
  sandbox,
}) => {
  await app.openWith(await drawPictures(2));
  await app.run.click();
  await expect(app.run).toHaveAccessibleName(/^Caption 2 images again/);
  const old = await app.captionOf("picture-1.jpg").innerText();
  await sandbox.play({ retiredModels: ["runware:152@2"] });
  await app.run.click();
  const dialog = page.getByRole("dialog", { name: "Ask about 2 images again?" });
  await dialog.getByRole("button", { name: /^Ask again/ }).click();

  await expect(app.counts).toHaveText("0 captioned · 2 with problems");
  await expect(app.captionOf("picture-1.jpg")).toHaveText(old);
  await expect(app.image("picture-1.jpg")).toContainText("Asking again failed.");
  await page.getByRole("button", { name: /^Problems/ }).click();
  await expect(app.images).toHaveCount(2);
  await sandbox.play({});
  await expect(page.getByRole("button", { name: "Retry: picture-1.jpg" })).toBeVisible();
  await page.getByRole("button", { name: "Retry 2 failed" }).click();
  await dialog.getByRole("button", { name: /^Ask again/ }).click();
  await page.getByRole("button", { name: "Show all images" }).click();
  await expect(app.counts).toContainText("2 captioned");
});

test("offline: the run pauses, says so, and carries on by itself", async ({
  app,
  page,
  context,
  sandbox,
}) => {
  await sandbox.play({ holdAfter: 2 });
  await app.openWith(await drawPictures(10));
  await app.run.click();
  await expect.poll(async () => (await sandbox.ledger()).accepted).toBeGreaterThan(2);
  await context.setOffline(true);
  // What is out is answered, so that there is something to send, which then finds the device offline.
  await sandbox.play({ holdAfter: 0 });
  await expect(page.getByRole("alert").filter({ hasText: "offline" })).toBeVisible();
  await sandbox.play({});
  await context.setOffline(false);
  await expect(app.counts).toContainText("10 captioned");
  const { tasks } = await sandbox.ledger();
  expect(Object.values(tasks)).toHaveLength(10);
  expect(Object.values(tasks).every(({ timesAccepted }) => timesAccepted === 1)).toBe(true);
});
