import { seedGames, TEAM_COLUMNS } from "./fixtures/seed-ranking.ts";
import { setupHash } from "./pages/compare-page.ts";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { readRows, reloadWhenKept } from "./fixtures/read-rows.ts";
import { expect, test, LLAVA, SEVEN, THREE } from "./fixtures/compare-test.ts";

test("a blind vote by mouse and keyboard: names come after it, a reveal before it voids, undo voids too", async ({
  app,
  compare,
  page,
}) => {
  await compare.openAnswered(app, 3);
  await page.getByRole("button", { name: "Blind vote" }).click();
  await expect(page.getByText(SEVEN, { exact: true })).toHaveCount(0);
  await expect(compare.row("picture-1.jpg")).not.toContainText("$0.0");

  await page.keyboard.press("v");
  const stage = page.getByRole("dialog", { name: "Vote one by one" });
  // The other one, at the end, is for what the page says.
  const said = stage.getByRole("status").first();
  await expect(stage).toContainText("1 of 3 · 0 voted");
  await expect(stage).not.toContainText("Qwen");
  const second = await stage
    .getByRole("group", { name: "Answer 2" })
    .locator("p[dir=auto]")
    .textContent();
  await stage.getByRole("button", { name: "Pick Answer 2" }).click();
  await expect(said).toHaveText(/^Picked /);
  const label = ((await said.textContent()) ?? "").replace("Picked ", "");
  await expect(stage.getByRole("group", { name: label }).locator("p[dir=auto]")).toHaveText(
    second ?? "",
  );

  await page.keyboard.press("ArrowRight");
  await expect(stage).not.toContainText("Qwen");
  await page.keyboard.press("r");
  await expect(said).toHaveText("Void: revealed before a vote");
  await page.keyboard.press("1");
  await expect(said).toHaveText("Void: revealed before a vote");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("t");
  await expect(said).toHaveText("Tie");
  await page.keyboard.press("Escape");
  await expect(page.getByText("1 pick · 1 tie · 1 void")).toBeVisible();
  const marks = await readRows<{ value: { kind: string }; secondsTaken: number | null }>(
    page,
    "marks",
  );
  const timed = marks.filter(({ secondsTaken }) => secondsTaken !== null);
  // Rows come in the order of their ids, which are random.
  expect(timed.map(({ value }) => value.kind).toSorted()).toEqual(["pick", "tie"]);

  // Names that were seen can't be unseen: what is undone is void, and a reveal is not undone at all.
  await page.keyboard.press("Control+z");
  await expect(page.getByText("1 pick · 2 void")).toBeVisible();
  await page.keyboard.press("Control+Shift+z");
  await expect(page.getByText("1 pick · 1 tie · 1 void")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(page.getByText("1 pick · 2 void")).toBeVisible();
  await reloadWhenKept(page);
  await expect(page.getByText("1 pick · 2 void")).toBeVisible();
  await expect(compare.row("picture-1.jpg")).toContainText(`Picked ${label}`);
});

test("a blind vote that is taken back stays void, also after a reload", async ({
  app,
  compare,
  page,
}) => {
  await app.openWith(await drawPictures(1));
  await compare.open();
  const row = compare.row("picture-1.jpg");
  await page.getByRole("button", { name: "Blind vote" }).click();
  // Before there are answers, there is nothing to reveal.
  await page.keyboard.press("r");
  await expect(row.getByRole("button", { name: "Reveal" })).toHaveCount(0);
  await compare.runAll();
  await expect(row.getByRole("button", { name: "Reveal" })).toBeVisible();
  await page.keyboard.press("1");
  await expect(row).toContainText("Picked");
  await page.keyboard.press("Backspace");
  await expect(row).toContainText("Void: revealed before a vote");
  await reloadWhenKept(page);
  await expect(row).toContainText("Void: revealed before a vote");
  await page.keyboard.press("1");
  await expect(row).not.toContainText("Picked");
});

test("answers to another prompt are voted on again, and the reference gives no column away", async ({
  app,
  compare,
  page,
}) => {
  await compare.openAnswered(app, 1);
  const row = compare.row("picture-1.jpg");
  await page.getByRole("button", { name: `Column ${SEVEN}`, exact: true }).click();
  await page.getByRole("menuitemcheckbox", { name: /^Use its answers as reference/ }).click();
  await expect(row).toContainText("Reference: ");
  await page.getByRole("button", { name: "Blind vote" }).click();
  await expect(row).not.toContainText("Reference: ");
  await page.keyboard.press("1");
  await expect(row).toContainText("Picked");
  await page.getByRole("button", { name: "Prompt…" }).click();
  await page.getByRole("textbox", { name: "Prompt" }).fill("In one word.");
  await page.keyboard.press("Escape");
  await compare.runAll();
  await expect(row).not.toContainText("Picked");
  await expect(row).not.toContainText(SEVEN);
  await page.keyboard.press("t");
  await expect(row).toContainText("Tie");
});

test("a vote is taken back with its changes and its note, and comes back by one undo", async ({
  app,
  compare,
  page,
}) => {
  await compare.openAnswered(app, 1);
  const row = compare.row("picture-1.jpg");
  await page.keyboard.press("1");
  await expect(row).toContainText(`Picked ${SEVEN}`);
  // A rate never comes without its interval and its n, including on a touch screen.
  await expect(page.getByText("100 % (21–100 %, 1 of 1)")).toBeVisible();
  await page.keyboard.press("2");
  await expect(row).toContainText(`Picked ${THREE}`);
  await page.keyboard.press("n");
  await page.getByLabel("Note", { exact: true }).fill("sharper");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("“sharper”");
  await row.getByRole("button", { name: "Take back" }).click();
  await expect(row).not.toContainText("Picked");
  await page.keyboard.press("Control+z");
  await expect(row).toContainText(`Picked ${THREE}`);
  await expect(row).toContainText("“sharper”");
});

test("redoing a cell voids the vote that was cast on it, and says so", async ({ app, compare }) => {
  await compare.openAnswered(app, 1);
  await compare
    .cell("picture-1.jpg", THREE)
    .getByRole("button", { name: /^Pick / })
    .click();
  await expect(compare.row("picture-1.jpg")).toContainText(`Picked ${THREE}`);
  await compare.cell("picture-1.jpg", LLAVA).getByRole("button", { name: /^Redo/ }).click();
  await expect(compare.row("picture-1.jpg")).toContainText("Void: an answer was redone");
});

test("keys judge no row that is out of sight or not listed", async ({ app, compare, page }) => {
  await compare.openAnswered(app, 8);
  await page.keyboard.press("j");
  await expect(compare.row("picture-1.jpg")).toBeFocused();
  for (const place of [2, 3, 4]) {
    await page.keyboard.press("j");
    await expect(compare.row(`picture-${place}.jpg`)).toBeFocused();
  }
  await page.keyboard.press("1");
  await expect(compare.row("picture-4.jpg")).toContainText("Picked");
  // The row that has the focus is scrolled away, and the key is for what is on screen.
  await page.mouse.move(600, 500);
  await page.mouse.wheel(0, -5000);
  await expect(compare.row("picture-1.jpg")).toBeInViewport({ ratio: 0.9 });
  await page.keyboard.press("t");
  await expect(compare.row("picture-1.jpg")).toContainText("Tie");
  await expect(compare.row("picture-1.jpg")).toBeFocused();
});

test("presenting reveals column by column, and needs no service", async ({
  app,
  compare,
  context,
  page,
}) => {
  await compare.openAnswered(app, 2);
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
