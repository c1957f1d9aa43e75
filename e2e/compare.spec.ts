import type { Task } from "#src/domain/task.ts";
import { failedRequestsTo } from "./fixtures/console-watch.ts";
import { drawPictures } from "./fixtures/draw-picture.ts";
import { expect, test, LLAVA, SEVEN, THREE } from "./fixtures/compare-test.ts";
import { readRows } from "./fixtures/read-rows.ts";
import { sayTheSame } from "./fixtures/same-answers.ts";
import { NOTHING_LEFT, setupHash } from "./pages/compare-page.ts";

test("three images × three columns: each cell answers with its cost, and the costs add up", async ({
  app,
  compare,
  sandbox,
}) => {
  await app.openWith(await drawPictures(3));
  await compare.open();
  await expect(compare.run).toHaveAccessibleName(/^Run 9 answers · about \$0\.01/);
  await compare.runAll();
  for (const name of ["picture-1.jpg", "picture-2.jpg", "picture-3.jpg"])
    for (const column of [SEVEN, THREE, LLAVA]) {
      await expect(compare.textOf(name, column)).toHaveText(/\w+ \w+/);
      await expect(compare.cell(name, column)).toContainText(/\$0\.00\d\d/);
      await expect(compare.cell(name, column)).toContainText("Simulated");
    }
  const { received, billedMicroUsd } = await sandbox.ledger();
  expect(received).toHaveLength(9);
  await expect(app.spent).toContainText(`$${(billedMicroUsd / 1_000_000).toFixed(4)}`);
});

test("columns start fair: their models take turns, image by image", async ({
  app,
  compare,
  page,
}) => {
  await compare.openAnswered(app, 3);
  // Which of the tasks under way arrives first is chance; the order they were asked in is kept.
  const tasks = await readRows<Task>(page, "tasks");
  const inOrder = tasks.toSorted((left, right) => left.times.createdAt - right.times.createdAt);
  const [seven, three, llava] = ["runware:152@2", "runware:152@1", "runware:150@2"];
  const turns = [
    [seven, three, llava],
    [three, llava, seven],
    [llava, seven, three],
  ];
  expect(inOrder.map(({ recipe }) => recipe.modelId)).toEqual(turns.flat());
});

test("Caption's answers fill its column, and a column's recipe goes to Caption", async ({
  app,
  compare,
  page,
  sandbox,
}) => {
  await app.openWith(await drawPictures(2));
  await app.run.click();
  await app.runEnds();
  const words = (await app.captionOf("picture-1.jpg").textContent()) ?? "";
  await compare.open();
  await expect(compare.textOf("picture-1.jpg", SEVEN)).toHaveText(words);
  await expect(compare.run).toHaveAccessibleName(/^Run 4 /);
  await compare.runAll();
  expect((await sandbox.ledger()).received).toHaveLength(6);

  await compare.columnMenu(LLAVA, "Use this recipe in Caption");
  await expect(app.model).toHaveValue("runware:150@2");
  await expect(page).toHaveURL(/#\/caption\//);
});

test.describe("if the service turns a task away", () => {
  test.use({ tolerated: { complaints: [failedRequestsTo("/api/v1")] } });

  test("a model that the service no longer has fails alone, and an unknown model is not asked", async ({
    app,
    compare,
    page,
    sandbox,
  }) => {
    await sandbox.play({ retiredModels: ["runware:150@2"] });
    await app.openWith(await drawPictures(3));
    await page.evaluate(
      (hash) => {
        window.location.hash = hash;
      },
      setupHash([
        { model: "runware:152@2" },
        { model: "runware:150@2", name: "Retired" },
        { model: "runware:154@1" },
        { model: "runware:9@9", name: "Stranger" },
      ]),
    );
    await expect(compare.run).toHaveAccessibleName(/^Run 9 /);
    await compare.runAll();
    for (const name of ["picture-1.jpg", "picture-2.jpg", "picture-3.jpg"]) {
      await expect(compare.cell(name, "Retired")).toContainText("Not answered.");
      await expect(compare.textOf(name, SEVEN)).toHaveText(/\w/);
      await expect(compare.cell(name, "Open Age Detection")).toContainText("%");
    }
    await expect(page.getByRole("button", { name: "Retry 3 failed" })).toBeVisible();
    await expect(compare.cell("picture-1.jpg", "Stranger (unknown model)")).toContainText(
      "Not asked yet.",
    );
    // A question without an answer can be looked at and copied too.
    await compare
      .cell("picture-1.jpg", "Retired")
      .getByRole("button", { name: "Open Retired" })
      .click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText("No answer.");
    await expect(dialog.getByRole("button", { name: "Copy as…" })).toBeVisible();
  });

  test("if the user agrees, a picture is uploaded once, and again unnoticed if the service forgot it", async ({
    app,
    compare,
    page,
    sandbox,
  }) => {
    await app.openWith(await drawPictures(2));
    await compare.open();
    await expect(page.getByText("each picture is sent once per column")).toBeVisible();
    await page.getByRole("button", { name: "How to run" }).click();
    await page.getByRole("menuitemcheckbox", { name: /^Upload each picture once/ }).click();
    await expect(page.getByText("each picture is uploaded once")).toBeVisible();
    await compare.runAll();
    const pictureForms = async () =>
      (await sandbox.ledger()).received.map(
        ({ taskType, pictureForm }) => `${taskType} ${pictureForm}`,
      );
    const first = await pictureForms();
    expect(first.filter((form) => form === "mediaStorage data-uri")).toHaveLength(2);
    expect(first.filter((form) => form === "caption uuid")).toHaveLength(6);
    expect(first).toHaveLength(8);

    await sandbox.reset();
    await compare.cell("picture-1.jpg", THREE).getByRole("button", { name: /^Redo/ }).click();
    await expect
      .poll(pictureForms)
      .toEqual(["caption uuid", "mediaStorage data-uri", "caption uuid"]);
    await expect(compare.run).toHaveAccessibleName(NOTHING_LEFT);
    await expect(compare.row("picture-1.jpg")).not.toContainText("Not answered");
  });
});

test("words that only one column says are marked, and rows that say the same can be left out", async ({
  app,
  compare,
  page,
}) => {
  await compare.openAnswered(app, 3);
  const marks = compare.row("picture-1.jpg").locator("mark");
  await expect(marks.first()).toBeVisible();
  const first = (await marks.first().textContent()) ?? "";
  const others = await compare.cell("picture-1.jpg", LLAVA).locator("p[dir=auto]").textContent();
  expect(others?.toLowerCase().split(/\W+/)).not.toContain(first.toLowerCase());
  await page.getByLabel("Mark words").selectOption("Mark no words");
  await expect(marks).toHaveCount(0);

  await sayTheSame(page, 2);
  await expect(compare.textOf("picture-2.jpg", LLAVA)).toHaveText("A red boat.");
  await expect(compare.rows).toHaveCount(3);
  await page.getByRole("button", { name: "Only where they differ" }).click();
  await expect(compare.rows).toHaveCount(2);
  await expect(compare.row("picture-2.jpg")).toHaveCount(0);

  // Keys move through what is listed, and judge nothing else.
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(compare.row("picture-3.jpg")).toBeFocused();
  await page.keyboard.press("t");
  await expect(compare.row("picture-3.jpg")).toContainText("Tie");
  await page.getByRole("button", { name: "Only where they differ" }).click();
  await expect(compare.row("picture-2.jpg")).toBeVisible();
  await expect(page.getByText("3 images × 3 columns · 1 tie")).toBeVisible();

  for (const place of [1, 3]) await sayTheSame(page, place);
  await page.getByRole("button", { name: "Only where they differ" }).click();
  await expect(page.getByText("No row differs")).toBeVisible();
  await page.getByRole("button", { name: "Show all rows" }).click();
  await expect(compare.rows).toHaveCount(3);
});

test("a reference is typed, compared with the answers, and a column can be used instead", async ({
  app,
  compare,
  page,
}) => {
  await compare.openAnswered(app, 1);
  await page.getByRole("button", { name: "Reference for picture-1.jpg" }).click();
  await page.getByLabel("Reference", { exact: true }).fill("Zebra crossing.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(compare.row("picture-1.jpg")).toContainText("Reference: Zebra crossing.");
  await page.getByLabel("Mark words").selectOption("Words the reference lacks");
  await compare.cell("picture-1.jpg", SEVEN).getByRole("button", { name: "Open" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.locator("del").first()).toContainText("Zebra");
  await expect(dialog).toContainText(/queue \d/);
  await compare.closeDialog();
  await page.keyboard.press("Control+z");
  await expect(compare.row("picture-1.jpg")).not.toContainText("Zebra");
});

test("the same recipe several times is asked again each time", async ({
  app,
  compare,
  page,
  sandbox,
}) => {
  await app.openWith(await drawPictures(1));
  await page.evaluate(
    (hash) => {
      window.location.hash = hash;
    },
    setupHash([{ model: "runware:152@2", repeats: 3 }]),
  );
  await expect(compare.run).toHaveAccessibleName(/^Run 3 /);
  await compare.runAll();
  expect(
    Object.values((await sandbox.ledger()).tasks).map(({ timesAccepted }) => timesAccepted),
  ).toEqual([1, 1, 1]);
  const line = compare
    .row("picture-1.jpg")
    .getByRole("button", { name: /^Answer \d of 3 · \d+\s% alike/ });
  await line.click();
  await expect(page.getByRole("dialog").getByRole("heading", { name: /^Answer \d$/ })).toHaveCount(
    3,
  );
});

test.describe("at the width of a phone", () => {
  test.use({ viewport: { width: 420, height: 860 } });

  test("swiping goes from column to column while the picture stays", async ({
    app,
    compare,
    page,
  }) => {
    await compare.openAnswered(app, 1);
    const picture = page.getByRole("button", { name: "Enlarge picture-1.jpg" });
    const before = await picture.boundingBox();
    await expect(compare.cell("picture-1.jpg", SEVEN)).toBeInViewport({ ratio: 0.9 });
    await picture.hover();
    await page.mouse.wheel(250, 0);
    await expect(compare.cell("picture-1.jpg", THREE)).toBeInViewport({ ratio: 0.9 });
    await expect(compare.cell("picture-1.jpg", SEVEN)).not.toBeInViewport({ ratio: 0.5 });
    expect((await picture.boundingBox())?.x).toBe(before?.x);
    const left = (await compare.cell("picture-1.jpg", THREE).boundingBox())?.x ?? 0;
    expect(left).toBeGreaterThanOrEqual((before?.x ?? 0) + (before?.width ?? 0) - 1);
  });
});
