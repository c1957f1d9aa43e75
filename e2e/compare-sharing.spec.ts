import type { Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { axeFindings } from "./fixtures/axe-findings.ts";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test, LLAVA, SEVEN } from "./fixtures/compare-test.ts";
import { readRows } from "./fixtures/read-rows.ts";

test("a link recreates the columns in another browser, and holds neither key nor pictures", async ({
  app,
  browser,
  compare,
  page,
  server,
}) => {
  await app.openWith(await drawPictures(1));
  await compare.open();
  await page.getByRole("button", { name: "+ Column" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Model", { exact: true }).selectOption("runware:152@1");
  await dialog.getByLabel("Ask the prompt that columns share").uncheck();
  await dialog.getByLabel("Prompt", { exact: true }).fill("Only #hash & “quotes”?");
  await dialog.getByLabel("Sent size").selectOption("512");
  await dialog.getByLabel("Repeats").selectOption("2");
  await dialog.getByLabel("Name").fill("Mine");
  await dialog.getByRole("button", { name: "Add the column" }).click();
  await expect(page).toHaveURL(/setup=.*Mine/);
  const { hash } = new URL(page.url());
  expect(hash).not.toMatch(/data:|picture-1|Bearer/);

  const elsewhere = await browser.newContext();
  const there = await elsewhere.newPage();
  await there.goto(`${server.address}/#/compare?${hash.split("?")[1]}`);
  await expect(there.getByRole("heading", { name: "Mine" })).toBeVisible();
  await expect(there.getByRole("button", { name: /^Column / })).toHaveCount(4);
  await expect(
    there.getByText("runware:152@1 · own prompt · 512 px · asked 2 times"),
  ).toBeVisible();
  await elsewhere.close();
});

test("an older address of a sheet brings no older columns back", async ({ app, compare, page }) => {
  await app.openWith(await drawPictures(1));
  await compare.open();
  await expect(page).toHaveURL(/setup=/);
  const older = page.url();
  const columns = page.getByRole("button", { name: /^Column / });
  await compare.columnMenu(LLAVA, "Remove the column");
  await expect(columns).toHaveCount(2);
  await expect(page).not.toHaveURL(older);
  const newer = page.url();

  await page.goto(older);
  await expect(page).toHaveURL(newer);
  await expect(columns).toHaveCount(2);
  await page.goBack();
  await expect(page).toHaveURL(newer);
  await compare.open();
  await expect(page).toHaveURL(newer);
  await compare.columnMenu(SEVEN, "Remove the column");
  await expect.poll(() => storedColumns(page)).toBe(1);
  await page.goto(newer);
  await page.reload();
  await expect(page).not.toHaveURL(newer);
  await expect(columns).toHaveCount(1);
});

/** How many columns the only sheet on disk has. */
async function storedColumns(page: Page): Promise<number> {
  const [sheet] = await readRows<{ compare: { columns: unknown[] } }>(page, "sheets");
  return sheet?.compare.columns.length ?? 0;
}

test("the replay opens from disk, offline, in a fresh profile, with votes and pictures", async ({
  app,
  browser,
  compare,
  page,
}, testInfo) => {
  await compare.openAnswered(app, 2);
  await compare
    .cell("picture-2.jpg", LLAVA)
    .getByRole("button", { name: /^Pick / })
    .click();
  const words = (await compare.textOf("picture-1.jpg", SEVEN).textContent()) ?? "";
  const download = page.waitForEvent("download");
  await compare.share("Replay as one HTML file");
  const path = testInfo.outputPath("replay.html");
  await (await download).saveAs(path);
  expect((await download).suggestedFilename()).toMatch(
    /^\d+ \w+ \d{4} comparison \(simulated\)\.html$/,
  );

  const elsewhere = await browser.newContext({ offline: true });
  const replay = await elsewhere.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  replay.on("request", (request) => asked.push(new URL(request.url()).protocol));
  replay.on("console", (message) => complaints.push(message.text()));
  await replay.goto(pathToFileURL(path).href);
  await expect(replay.getByRole("article", { name: "picture-1.jpg" })).toContainText(words);
  await expect(replay.getByRole("article", { name: "picture-2.jpg" })).toContainText(
    `Picked: ${LLAVA}`,
  );
  await expect(replay.getByText("Simulated").first()).toBeVisible();
  const width = await replay
    .getByAltText("picture-1.jpg")
    .evaluate((image: HTMLImageElement) => image.naturalWidth);
  expect(width).toBe(320);

  await replay.getByRole("button", { name: "One by one" }).click();
  await expect(replay.getByRole("article")).toHaveCount(1);
  await expect(replay.getByText(words)).toBeHidden();
  await replay.keyboard.press("ArrowRight");
  await expect(replay.getByText(words)).toBeVisible();
  expect(asked.filter((protocol) => protocol !== "data:")).toEqual(["file:"]);
  expect(complaints).toEqual([]);
  expect(await axeFindings(replay), "one by one").toEqual([]);
  await replay.keyboard.press("Escape");
  expect(await axeFindings(replay), "list").toEqual([]);
  await elsewhere.close();
});

test("all cells go into CSV and JSON, picks into preferences", async ({ app, compare }) => {
  await compare.openAnswered(app, 2);
  await compare
    .cell("picture-1.jpg", SEVEN)
    .getByRole("button", { name: /^Pick / })
    .click();
  await expect(compare.row("picture-1.jpg")).toContainText("Picked");
  const csv = await readFile(await compare.save("CSV of all cells"), "utf8");
  expect(csv.trimEnd().split("\r\n")).toHaveLength(7);
  const json = JSON.parse(await readFile(await compare.save("JSON of all cells"), "utf8"));
  expect(json).toMatchObject({ simulated: true, images: [{ vote: { kind: "pick" } }, {}] });
  const lines = (await readFile(await compare.save("Preferences as JSONL"), "utf8"))
    .trimEnd()
    .split("\n");
  expect(lines.map((line) => JSON.parse(line).chosen_model)).toEqual([
    "runware:152@2",
    "runware:152@2",
  ]);
});

test("a request is copied as curl, without the key and with the picture by its name", async ({
  app,
  compare,
  context,
  page,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await compare.openAnswered(app, 1);
  await compare.cell("picture-1.jpg", SEVEN).getByRole("button", { name: "Open" }).click();
  await page.getByRole("button", { name: "Copy as…" }).click();
  await page.getByRole("menuitem", { name: "curl" }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain("curl https://api.runware.ai/v1");
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toContain("$RUNWARE_API_KEY");
  expect(command).toContain("base64 < 'picture-1.jpg'");
  expect(command).toContain('"model":"runware:152@2"');
});
