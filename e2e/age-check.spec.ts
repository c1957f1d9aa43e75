import { facePaths, savedRows, expect, test } from "./fixtures/age-test.ts";
import { inYears, ruling, shareText } from "./fixtures/age-figures.ts";
import { patienceMs } from "./fixtures/patience.ts";

const FIVE = ["0–12", "13–20", "21–44", "45–64", "65+"];

test("40 faces, judged blind by keyboard alone: every figure is what the raw verdicts say", async ({
  age,
  app,
  page,
}, testInfo) => {
  await app.open();
  await age.open();
  await app.fileInput.setInputFiles(await facePaths(testInfo, 40));
  await expect(page.getByRole("button", { name: /^Check 40 faces · about \$0.024/ })).toBeVisible({
    timeout: patienceMs(40),
  });
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByRole("button", { name: "Nothing to check" })).toBeVisible({
    timeout: patienceMs(40),
  });
  await expect(age.faces).not.toContainText(/\d\s?%/);

  await page.keyboard.press("o");
  for (let face = 1; face <= 40; face += 1) {
    const name = `face-${String(face).padStart(3, "0")}.jpg`;
    await expect(age.stage).toHaveAccessibleName(name);
    await expect(age.stage, "nothing is given away before the answer").not.toContainText("%");
    await page.keyboard.press(face % 13 === 0 ? "Space" : `${((face * 7) % 5) + 1}`);
  }
  await expect(age.faces.getByText("All of these are judged.")).toBeVisible();

  const rows = await savedRows(await age.save("Verdicts as JSON"));
  expect(rows).toHaveLength(40);
  expect(rows.every((row) => row.simulated && row.blind === true)).toBe(true);
  const known = inYears(rows);
  const right = known.filter((row) => ruling(row) === "right").length;
  const accuracy = age.figure("Right age group");
  await expect(accuracy).toContainText(`${right} of ${known.length}`);
  await expect(accuracy).toContainText("Not counted in any rate: 3 unsure.");
  const [share, low, high] = shareText(right, known.length).match(/\d+/gu) ?? [];
  await expect(accuracy).toContainText(`${share} %`);
  await expect(accuracy).toContainText(`between ${low} % and ${high} %`);

  const matrix = age.figure("Where it goes wrong");
  for (const [at, truth] of FIVE.entries())
    for (const [across, said] of FIVE.entries()) {
      const lows = [0, 13, 21, 45, 65];
      const count = known.filter(
        (row) => row.true_from === lows[at] && row.predicted_from === lows[across],
      ).length;
      const cell = matrix
        .getByRole("row")
        .nth(at + 1)
        .getByRole("cell")
        .nth(across)
        .locator("span")
        .first();
      await expect(cell, `true ${truth}, said ${said}`).toHaveText(`${count}`);
    }

  const teens = known.filter((row) => row.true_from === 13);
  const found = teens.filter((row) => row.predicted_from === 13).length;
  const teenRow = age
    .figure(/teens first/)
    .getByRole("row")
    .nth(1);
  const [teenShare, teenLow, teenHigh] = shareText(found, teens.length).match(/\d+/gu) ?? [];
  await expect(teenRow).toContainText(
    `${teenShare} % of ${teens.length} (${teenLow}–${teenHigh} %)`,
  );

  const under = known.filter((row) => (row.true_to ?? 999) < 21);
  const passed = under.filter((row) => row.predicted_from >= 21).length;
  const over = known.filter((row) => (row.true_from ?? 0) >= 21);
  const stopped = over.filter((row) => (row.predicted_to ?? 999) < 21).length;
  const threshold = age.figure(/minor/);
  await expect(threshold).toContainText(
    `At 21: ${passed} of ${under.length} under 21 passed as older. ${stopped} of ${over.length} older stopped.`,
  );
  await expect(threshold).toContainText("18 is not computable with these groups");
  await expect(threshold).toContainText("25 is not computable with these groups");

  const sure = known.reduce((sum, row) => sum + row.confidence, 0) / known.length;
  const calibration = age.figure(/as sure as/);
  await expect(calibration).toContainText(`${Math.round(sure * 100)} % sure on average`);
  await expect(calibration).toContainText(`The curve needs 50 judged; there are ${known.length}`);

  await matrix.getByRole("button", { name: /^\d+: true 0–12, said 21–44/ }).click();
  const focused = known.filter((row) => row.true_from === 0 && row.predicted_from === 21);
  await expect(age.faces.getByRole("article")).toHaveCount(focused.length);
});

test("what was seen is no longer blind, and a change after the reveal is kept as one", async ({
  age,
  app,
  page,
}, testInfo) => {
  await app.open();
  await age.open();
  await app.fileInput.setInputFiles(await facePaths(testInfo, 4));
  await age.check(4);
  await page.keyboard.press("o");
  await page.keyboard.press("1");
  await expect(age.stage).toHaveAccessibleName("face-002.jpg");
  await expect(age.faces).toContainText(/face-001.jpg: you said 0–12 · Open Age .+ at \d+\s%/);

  await page.keyboard.press("ArrowLeft");
  await expect(age.stage).toHaveAccessibleName("face-001.jpg");
  await expect(age.stage).toContainText("%");
  await page.keyboard.press("5");
  await expect(age.figure("How it was judged")).toContainText("1 of 1 · 100 %");

  await page.keyboard.press("2");
  await page.keyboard.press("Backspace");
  await expect(age.stage).toHaveAccessibleName("face-002.jpg");
  await expect(age.stage, "it was seen: it stays seen").toContainText("%");
  await page.keyboard.press("2");
  await expect(age.stage).toHaveAccessibleName("face-003.jpg");
  await page.keyboard.press("r");
  await expect(age.stage).toContainText("%");
  await page.keyboard.press("a");
  await expect(age.stage).toHaveAccessibleName("face-004.jpg");
  await page.keyboard.press("r");
  await page.keyboard.press("x");
  await expect(age.stage).toContainText("Which group is right?");
  await page.keyboard.press("q");
  await expect(age.faces.getByText("All of these are judged.")).toBeVisible();
  await page.keyboard.press("f");
  await expect(age.stage.getByRole("button", { name: "Flag" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );

  const rows = await savedRows(await age.save("Verdicts as JSON"));
  expect(rows.map((row) => [row.judgement, row.blind, row.changed])).toEqual([
    ["range", true, true],
    ["range", false, false],
    ["range", false, false],
    ["wrong", false, false],
  ]);
  expect(rows[2]).toMatchObject({
    true_from: rows[2]?.predicted_from,
    true_to: rows[2]?.predicted_to,
  });
});

test("random and hunted samples are drawn the same again, and never pooled", async ({
  age,
  app,
  page,
}, testInfo) => {
  await app.open();
  await age.open();
  await app.fileInput.setInputFiles(await facePaths(testInfo, 10));
  await age.check(10);
  const draw = async (kind: string, seed: string | null) => {
    await age.showSetUp();
    await age.panel.getByRole("button", { name: "Draw…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: kind }).check();
    await dialog.getByLabel("How many").fill("4");
    if (seed !== null) await dialog.getByLabel("Seed").fill(seed);
    await dialog.getByRole("button", { name: "Review 4 faces" }).click();
  };
  const namesInTurn = async () => {
    const names: string[] = [];
    for (let face = 1; face <= 4; face += 1) {
      await expect(age.faces).toContainText(`Face ${face} of 4`);
      names.push((await age.stage.getAttribute("aria-label")) ?? "");
      await page.keyboard.press("ArrowRight");
    }
    return names;
  };
  await draw("At random", "7");
  const first = await namesInTurn();
  await draw("At random", "7");
  expect(await namesInTurn()).toEqual(first);
  for (let face = 0; face < 4; face += 1) await page.keyboard.press("3");
  await expect(age.panel.getByLabel("Of which faces")).toHaveValue("random");
  await expect(age.figure("Right age group")).toContainText(/of 4/);

  await draw("Hunt: least sure", null);
  await expect(age.panel.getByLabel("Of which faces")).toHaveValue("hunted");
  await page.keyboard.press("3");
  await expect(age.panel.getByRole("option", { name: /^Hunted \([1-4] judged\)$/ })).toHaveCount(1);
  await expect(age.panel.getByRole("option", { name: "Random sample (4 judged)" })).toHaveCount(1);
  await expect(age.panel.getByRole("option", { name: "Whole sheet (0 judged)" })).toHaveCount(1);
});

test("exact ages are typed, by key and in the grid, and by touch", async ({
  age,
  app,
  page,
}, testInfo) => {
  await app.open();
  await age.open();
  await app.fileInput.setInputFiles(await facePaths(testInfo, 3));
  await age.check(3);
  await age.showSetUp();
  await age.panel.getByLabel("You answer with").selectOption("Exact age");
  await page.keyboard.press("Escape");
  await age.faces.getByRole("button", { name: /^Review one by one/ }).click();
  await page.keyboard.press("3");
  await page.keyboard.press("7");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("4");
  await page.keyboard.press("Enter");
  await expect(age.faces).toContainText("face-001.jpg: you said 34");
  await age.faces.getByRole("button", { name: "No face" }).click();
  await expect(age.stage).toHaveAccessibleName("face-003.jpg");
  await page.keyboard.press("Escape");
  await age.faces.getByLabel("True age of face-003.jpg, in years").fill("61");
  await page.keyboard.press("Enter");
  await expect(age.faces).toContainText("3 judged");
  await expect(age.figure("Right age group")).toContainText("named a group for 1 that has no face");
});
