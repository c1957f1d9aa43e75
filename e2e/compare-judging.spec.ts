import { seedGames, TEAM_COLUMNS } from "./fixtures/seed-ranking.ts";
import { setupHash } from "./pages/compare-page.ts";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test, LLAVA, SEVEN, THREE } from "./fixtures/compare-test.ts";

test("a blind vote by keyboard: names come after it, a reveal before it voids, undo takes it back", async ({
  app,
  compare,
  page,
}) => {
  await app.openWith(await drawPictures(3));
  await compare.open();
  await compare.runAll();
  await page.getByRole("button", { name: "Blind vote" }).click();
  await expect(page.getByText(SEVEN, { exact: true })).toHaveCount(0);
  await expect(compare.row("picture-1.jpg")).not.toContainText("$0.0");

  await page.keyboard.press("v");
  const stage = page.getByRole("dialog", { name: "Vote one by one" });
  await expect(stage).toContainText("1 of 3 · 0 voted");
  await expect(stage).not.toContainText("Qwen");
  const second = await stage
    .getByRole("group", { name: "Answer 2" })
    .locator("p[dir=auto]")
    .textContent();
  await page.keyboard.press("2");
  await expect(stage.getByRole("status")).toHaveText(/^Picked /);
  const label = ((await stage.getByRole("status").textContent()) ?? "").replace("Picked ", "");
  await expect(stage.getByRole("group", { name: label }).locator("p[dir=auto]")).toHaveText(
    second ?? "",
  );

  await page.keyboard.press("ArrowRight");
  await expect(stage).not.toContainText("Qwen");
  await page.keyboard.press("r");
  await expect(stage.getByRole("status")).toHaveText("Void: revealed before a vote");
  await page.keyboard.press("1");
  await expect(stage.getByRole("status")).toHaveText("Void: revealed before a vote");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("t");
  await expect(stage.getByRole("status")).toHaveText("Tie");
  await page.keyboard.press("Escape");
  await expect(page.getByText("1 pick · 1 tie · 1 void")).toBeVisible();

  await page.keyboard.press("Control+z");
  await expect(page.getByText("1 pick · 1 void")).toBeVisible();
  await page.reload();
  await expect(page.getByText("1 pick · 1 void")).toBeVisible();
  await expect(compare.row("picture-1.jpg")).toContainText(`Picked ${label}`);
});

test("redoing a cell voids the vote that was cast on it, and says so", async ({ app, compare }) => {
  await app.openWith(await drawPictures(1));
  await compare.open();
  await compare.runAll();
  await compare
    .cell("picture-1.jpg", THREE)
    .getByRole("button", { name: /^Pick / })
    .click();
  await expect(compare.row("picture-1.jpg")).toContainText(`Picked ${THREE}`);
  await compare.cell("picture-1.jpg", LLAVA).getByRole("button", { name: /^Redo/ }).click();
  await expect(compare.row("picture-1.jpg")).toContainText("Void: an answer was redone");
});

test("presenting reveals column by column, and needs no service", async ({
  app,
  compare,
  context,
  page,
}) => {
  await app.openWith(await drawPictures(2));
  await compare.open();
  await compare.runAll();
  await context.setOffline(true);
  await page.keyboard.press("p");
  const present = page.getByRole("dialog", { name: "Present" });
  await expect(present).toContainText("1 of 2 · 0 of 3 columns");
  await expect(present).not.toContainText("Qwen");
  await page.keyboard.press("Space");
  await expect(present.getByRole("heading", { name: SEVEN })).toBeVisible();
  await expect(present.getByRole("heading", { name: THREE })).toHaveCount(0);
  for (const _ of [1, 2, 3]) await page.keyboard.press("ArrowRight");
  await expect(present).toContainText("2 of 2 · 0 of 3 columns");
  await page.keyboard.press("ArrowLeft");
  await expect(present).toContainText("1 of 2 · 3 of 3 columns");
  await page.keyboard.press("Escape");
  await expect(present).toHaveCount(0);
});

test("the ranking of a published league is the published one", async ({ app, compare, page }) => {
  await app.open(setupHash(TEAM_COLUMNS));
  await expect(page.getByRole("heading", { name: "Milwaukee" })).toBeVisible();
  await expect(page).toHaveURL(/#\/compare\/.+setup/);
  expect(await seedGames(page)).toBe(195);
  await expect(page.getByText("195 images × 6 columns · 195 picks")).toBeVisible();
  await page.getByRole("button", { name: "Ranking" }).click();
  const dialog = page.getByRole("dialog", { name: "Ranking" });
  await expect(dialog.getByRole("heading", { name: "Not enough votes yet" })).toBeVisible();

  // Log-abilities with mean 0 by R 4.2.2's glm(cbind(won, lost) ~ …, family = binomial) on the same games; the win rate
  // is games won ÷ games played.
  const expected = [
    ["Milwaukee", "39 of 65", "+0.34"],
    ["Detroit", "38 of 65", "+0.29"],
    ["New York", "33 of 65", "+0.03"],
    ["Toronto", "32 of 65", "−0.03"],
    ["Boston", "28 of 65", "−0.24"],
    ["Cleveland", "25 of 65", "−0.40"],
  ] as const;
  const lines = dialog.getByRole("row").filter({ has: page.getByRole("rowheader") });
  await expect(lines).toHaveCount(6);
  for (const [place, [team, won, strength]] of expected.entries()) {
    await expect(lines.nth(place)).toContainText(team);
    await expect(lines.nth(place)).toContainText(won);
    await expect(lines.nth(place)).toContainText(`${strength} (`);
  }
  await expect(dialog.getByRole("img", { name: /^Win rate against dollars/ })).toBeVisible();
  await expect(dialog.getByRole("img", { name: /^Win rate against median seconds/ })).toBeVisible();
  await compare.closeDialog();
});
