import { readFile } from "node:fs/promises";
import { DEFAULT_SERVICE_URL } from "#src/contract/endpoint.ts";
import { formatUsd } from "#src/domain/money.ts";
import { failedRequestsTo } from "./fixtures/console-watch.ts";
import { drawPicture, drawPictures } from "./fixtures/draw-picture.ts";
import { dropFiles, writePictures } from "./fixtures/drop-files.ts";
import { routeService, STAND_IN_COST_USD } from "./fixtures/stand-in-service.ts";
import { readRows, reloadWhenKept } from "./fixtures/read-rows.ts";
import { expect, test } from "./fixtures/test.ts";

test("three dropped files become three captions, and their costs add up", async ({
  app,
  page,
  sandbox,
}, testInfo) => {
  const files = await Promise.all([
    drawPicture({ number: 1, name: "harbour.jpg", width: 900, height: 600 }),
    drawPicture({ number: 2, name: "kites.png", format: "png" }),
    drawPicture({ number: 3, name: "salt flat.webp", format: "webp" }),
  ]);
  await app.open();
  await dropFiles(page, await writePictures(files, testInfo));
  await expect(app.images).toHaveCount(3);

  await expect(app.run).toHaveAccessibleName(/^Caption 3/);
  await app.run.click();

  for (const { name } of files) {
    await expect(app.captionOf(name)).toHaveText(/\w+ \w+/);
    await expect(app.image(name)).toContainText(/\$0\.00\d\d/);
  }
  // What is the same for all is said once.
  await expect(app.simulated).toHaveCount(1);
  const { accepted, billedMicroUsd } = await sandbox.ledger();
  expect(accepted).toBe(3);
  await expect(app.spent).toContainText(formatUsd(billedMicroUsd));
});

test("an age model answers with badges: group, confidence and the model's own label", async ({
  app,
  sandbox,
}) => {
  await sandbox.play({ prefixedLabels: true });
  const files = await drawPictures(2);
  await app.openWith(files);
  await app.choose("Open Age Detection");
  await expect(app.prompt).toBeDisabled();
  await expect(app.run).toHaveAccessibleName(/^Check 2/);
  await app.run.click();

  const badge = app.image("picture-1.jpg").getByRole("group", { name: /^\d+(–\d+|\+), / });
  await expect(badge).toContainText(/\d+\s?%/);
  await badge.focus();
  await expect(app.image("picture-1.jpg").getByRole("tooltip")).toContainText(
    /(Child|Teenager|Adult|Middle Age|Aged) /,
  );
  await expect(app.simulated).toHaveCount(1);
});

test("the prompt on screen is the prompt that is sent, to the letter", async ({ app, sandbox }) => {
  await app.openWith(await drawPictures(1));
  const words = '  Say “what” you see;\nin 5 words.\n\t{"json": true} <b>&amp;</b> 🦄 ';
  await app.prompt.fill(words);
  await app.run.click();
  await expect(app.captionOf("picture-1.jpg")).toHaveText(/\w/);
  const { received } = await sandbox.ledger();
  expect(received.map(({ prompt }) => prompt)).toEqual([words]);
  await expect(app.prompt).toHaveValue(words);
});

test("a preset fills the prompt, and is what is sent", async ({ app, sandbox }) => {
  await app.openWith(await drawPictures(1));
  await app.choosePrompt("Rich caption");
  const words = await app.prompt.inputValue();
  expect(words).toContain("2-3 sentences");
  await app.run.click();
  await expect(app.captionOf("picture-1.jpg")).toHaveText(/\w/);
  const { received } = await sandbox.ledger();
  expect(received.map(({ prompt }) => prompt)).toEqual([words]);
});

test("a prompt outlives a page that is reloaded right after its last letter", async ({
  app,
  page,
}) => {
  await app.open();
  await app.prompt.fill("Only the promp");
  await expect
    .poll(async () => JSON.stringify(await readRows(page, "sheets")))
    .toContain("Only the promp");
  // Long before typing rests.
  await app.prompt.fill("Only the prompt");
  await page.reload();
  await expect(app.prompt).toHaveValue("Only the prompt");
});

test("a model that takes no prompt is sent none", async ({ app, page }) => {
  await app.openWith(await drawPictures(1));
  await app.choose("ViT Age Classifier");
  await expect(app.prompt).toBeDisabled();
  const sent = page.waitForRequest(/\/api\/v1$/);
  await app.run.click();
  const [task] = (await sent).postDataJSON();
  expect(task).toMatchObject({ model: "runware:153@1" });
  expect(task).not.toHaveProperty("prompt");
});

test("CLIP is sent a prompt if there is one, with a word that it may have no effect", async ({
  app,
  page,
  sandbox,
}) => {
  await app.openWith(await drawPictures(1));
  await app.choose("CLIP");
  await app.prompt.fill("A lamp?");
  await expect(page.getByText(/may have no effect/)).toBeVisible();
  await app.run.click();
  await expect(app.captionOf("picture-1.jpg")).toHaveText(/,/);
  await app.prompt.fill("");
  await app.run.click();
  const sent = page.waitForRequest(/\/api\/v1$/);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Ask again/ })
    .click();
  const [again] = (await sent).postDataJSON();
  expect(again).not.toHaveProperty("prompt");
  const { received } = await sandbox.ledger();
  expect(received[0]?.prompt).toBe("A lamp?");
});

test("a caption is edited in place, survives a reload, and is what is exported", async ({
  app,
  page,
}) => {
  await app.openWith(await drawPictures(2));
  await app.run.click();
  await expect(app.captionOf("picture-2.jpg")).toHaveText(/\w/);
  await app.edit("picture-1.jpg", "My own words.");
  await expect(app.image("picture-1.jpg")).toContainText("edited");

  await reloadWhenKept(page);
  await expect(app.captionOf("picture-1.jpg")).toHaveText("My own words.");

  const csv = await readFile(await app.exportAs("CSV for spreadsheets"), "utf8");
  expect(csv.startsWith("\uFEFF")).toBe(true);
  expect(csv).toContain("picture-1.jpg,,My own words.");

  // Of a text longer than anybody writes, only the beginning is shown until the rest is asked for.
  await page.getByRole("button", { name: "Edit the caption of picture-1.jpg" }).click();
  await page.getByRole("textbox", { name: "Caption of picture-1.jpg" }).fill("x".repeat(5000));
  await page.keyboard.press("Enter");
  await expect(app.captionOf("picture-1.jpg")).toHaveText(`${"x".repeat(4000)}…`);
  await page.getByRole("button", { name: "Show all 5,000 characters" }).click();
  await expect(app.captionOf("picture-1.jpg")).toHaveText("x".repeat(5000));
});

test("words being written survive an answer that arrives in the meantime, which is shown beside them", async ({
  app,
  page,
  sandbox,
}) => {
  await app.openWith(await drawPictures(1));
  await app.run.click();
  const caption = app.captionOf("picture-1.jpg");
  await expect(caption).toHaveText(/\w/);
  await app.choosePrompt("Objects");
  await sandbox.play({ holdAfter: 0 });
  await page.getByRole("button", { name: "Redo: picture-1.jpg" }).click();
  await page.getByRole("button", { name: "Edit the caption of picture-1.jpg" }).click();
  const editor = page.getByRole("textbox", { name: "Caption of picture-1.jpg" });
  await editor.fill("My own words.");
  await sandbox.play({});
  await app.runEnds();
  expect((await sandbox.ledger()).accepted).toBe(2);
  await expect(editor).toHaveValue("My own words.");
  await page.keyboard.press("Enter");
  await expect(caption).toHaveText("My own words.");
  await expect(app.image("picture-1.jpg")).toContainText("New answer, beside your words");
});

test("an editor that is left without typing hides no answer that arrived in the meantime", async ({
  app,
  page,
  sandbox,
}) => {
  await app.openWith(await drawPictures(1));
  await app.run.click();
  const caption = app.captionOf("picture-1.jpg");
  await expect(caption).toHaveText(/\w/);
  const old = await caption.innerText();
  await app.choosePrompt("Objects");
  await sandbox.play({ holdAfter: 0 });
  await page.getByRole("button", { name: "Redo: picture-1.jpg" }).click();
  await page.getByRole("button", { name: "Edit the caption of picture-1.jpg" }).click();
  await sandbox.play({});
  await app.runEnds();
  await page.keyboard.press("Enter");
  await expect(caption).not.toHaveText(old);
  await expect(app.image("picture-1.jpg")).not.toContainText("edited");
});

test.describe("on a sheet paid from two purses", () => {
  test.use({ tolerated: { complaints: [failedRequestsTo(DEFAULT_SERVICE_URL)] } });

  test("the sum at the foot is that of the purse in use, as in the header", async ({
    app,
    page,
    context,
  }) => {
    await routeService(context, "rw-key");
    await app.openWith(await drawPictures(1));
    await app.run.click();
    await expect(app.captionOf("picture-1.jpg")).toHaveText(/\w/);
    await app.useKey("rw-key");
    await page.getByRole("button", { name: "Redo: picture-1.jpg" }).click();
    const sum = formatUsd(STAND_IN_COST_USD * 1_000_000);
    await expect(app.spent).toContainText(sum);
    await expect(page.getByText(/ so far/)).toContainText(`${sum} so far`);
  });
});

test("cancel stops what is unsent, and keeps what was sent", async ({ app, page, sandbox }) => {
  await sandbox.play({ holdAfter: 0 });
  await app.openWith(await drawPictures(12));
  await app.run.click();
  await expect.poll(async () => (await sandbox.ledger()).accepted).toBeGreaterThan(0);
  await page.getByRole("button", { name: /^Cancel/ }).click();
  await sandbox.play({});
  await app.runEnds();

  const { accepted } = await sandbox.ledger();
  expect(accepted).toBeLessThan(12);
  await expect(app.counts).toContainText(`${accepted} captioned`);
  await expect(app.run).toHaveAccessibleName(new RegExp(`^Caption ${12 - accepted} remaining`));
});

test("an answer without text and one without a cost say so", async ({ app, page, sandbox }) => {
  await sandbox.play({ next: ["no-text"] });
  await app.openWith(await drawPictures(1));
  await app.run.click();
  await expect(app.image("picture-1.jpg")).toContainText("answered with nothing");

  await sandbox.play({ next: ["no-cost"] });
  await page.getByRole("button", { name: "Ask again: picture-1.jpg" }).click();
  await expect(app.image("picture-1.jpg")).toContainText("cost unknown");
});
