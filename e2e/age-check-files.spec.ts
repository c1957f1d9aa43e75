import { copyFile, readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { ruling } from "./fixtures/age-figures.ts";
import { expect, facePaths, savedRows, test } from "./fixtures/age-test.ts";
import { axeFindings } from "./fixtures/axe-findings.ts";
import { watchConsole } from "./fixtures/console-watch.ts";
import { AgePage } from "./pages/age-page.ts";
import { AppPage } from "./pages/app-page.ts";

test("truths from a CSV file and from names, for several models", async ({
  age,
  app,
  page,
}, testInfo) => {
  await app.open();
  await age.open();
  const files = await Promise.all(
    (await facePaths(testInfo, 12)).map(async (path, index) => ({
      name: `${index * 7}_face.jpg`,
      mimeType: "image/jpeg",
      buffer: await readFile(path),
    })),
  );
  await app.fileInput.setInputFiles(files);
  await age.chooseModel("ViT Age Classifier");
  await age.check(12);

  await age.chooseFile("Truth from a file or names…");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "In the files’ names" }).check();
  await dialog.getByRole("button", { name: "Take 12 truths" }).click();
  await expect(dialog).toHaveCount(0);
  const rows = await savedRows(await age.save("Verdicts as JSON"));
  expect(rows).toHaveLength(24);
  for (const [model, label] of [
    ["runware:154@1", "Open Age"],
    ["runware:153@1", "ViT Age"],
  ] as const) {
    const own = rows.filter((row) => row.model === model);
    const right = own.filter((row) => ruling(row) === "right").length;
    await age.figuresOf(label);
    await expect(age.figure("Right age group")).toContainText(`${right} of 12`);
    const off = own.map((row) => {
      const years = row.true_from ?? 0;
      return years < row.predicted_from
        ? row.predicted_from - years
        : Math.max(0, years - (row.predicted_to ?? 999));
    });
    const mean = off.reduce((sum, years) => sum + years, 0) / off.length;
    await expect(age.figure("Years outside the group")).toContainText(`${mean.toFixed(1)} (`);
  }
  await expect(age.figure("Models against each other")).toContainText("Of 12 faces both named");

  await age.chooseFile("Truth from a file or names…");
  const lines = files.map(({ name }, index) => `${name},${index === 0 ? 90 : index * 7}`);
  await dialog.getByLabel(/^CSV with/).setInputFiles({
    name: "truth.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`file_name,age\n${lines.join("\n")}\nnobody.jpg,3\n`),
  });
  await expect(dialog).toContainText("1 fit no face, or several");
  await dialog.getByRole("button", { name: "Take 12 truths" }).click();
  await expect(age.figure("Right age group")).toContainText("1 in conflict");
  await expect(age.figure("Judges against each other")).toContainText(
    "12 faces judged by both: 1 in different words, of which 1 cannot both be true.",
  );
});

test("two reviewers' files meet on a sheet without pictures, and their differences are listed", async ({
  age,
  app,
  browser,
  page,
  server,
}, testInfo) => {
  const faces = await facePaths(testInfo, 6);
  const reviewed = async (reviewer: string, keys: readonly string[]) => {
    const context = await browser.newContext({ baseURL: `${server.address}/` });
    const otherApp = new AppPage(await context.newPage());
    const other = new AgePage(otherApp.page);
    await otherApp.open();
    await other.open();
    await other.panel.getByLabel("Reviewer").fill(reviewer);
    await otherApp.fileInput.setInputFiles(faces);
    await other.check(6);
    await other.showStage();
    for (const key of keys) await otherApp.page.keyboard.press(key);
    await expect(other.faces).toContainText("6 judged");
    const path = testInfo.outputPath(`${reviewer}.json`);
    await copyFile(await other.save("Verdicts as JSON"), path);
    await context.close();
    return path;
  };
  const ann = await reviewed("Ann", ["1", "2", "3", "4", "5", "n"]);
  const ben = await reviewed("Ben", ["1", "2", "3", "4", "4", "Space"]);

  await app.open();
  await age.open();
  await age.faces.getByRole("button", { name: "Merge verdict files…" }).click();
  await page.getByRole("dialog").getByLabel("Verdict files").setInputFiles([ann, ben]);
  await expect(page.getByRole("dialog")).toContainText("6 lines by Ann");
  await page.getByRole("button", { name: "Merge 12 lines" }).click();
  await expect(page.getByText("6 faces are known only by their hash")).toBeVisible();
  const judges = age.figure("Judges against each other");
  await expect(judges).toContainText(
    "6 faces judged by both: 2 in different words, of which 1 cannot both be true.",
  );
  await judges.getByRole("button", { name: "Show 2: judges differ" }).click();
  await expect(age.faces.getByRole("article")).toHaveCount(2);
  await expect(age.faces).toContainText("Ann: 65+");
  await expect(age.faces).toContainText("Ben: 45–64");
  await expect(age.faces).toContainText("Simulated");
});

test("the report opens from disk, offline, and says what the screen says", async ({
  age,
  app,
  browser,
}, testInfo) => {
  await app.open();
  await age.open();
  await app.fileInput.setInputFiles(await facePaths(testInfo, 12));
  await age.check(12);
  await age.showStage();
  for (let face = 0; face < 12; face += 1) await app.page.keyboard.press(`${(face % 5) + 1}`);
  await expect(age.faces).toContainText("12 judged");
  const accuracy = await age.figure("Right age group").innerText();
  const path = testInfo.outputPath("report.html");
  await copyFile(await age.save("Report"), path);

  const context = await browser.newContext({ offline: true });
  const complaints = await watchConsole(context);
  const report = await context.newPage();
  await report.goto(pathToFileURL(path).href);
  await expect(report.getByRole("heading", { level: 1 })).toHaveText(/^Age check: /);
  await expect(report.getByText("Simulated.", { exact: true })).toBeVisible();
  const [counted = ""] = /\d+ of 12/u.exec(accuracy) ?? [];
  await expect(report.getByText(`Right age group: ${counted}`)).toBeVisible();
  await expect(report.getByRole("table", { name: /^True groups in rows/ })).toBeVisible();
  await expect(report.getByRole("table", { name: /^At each age/ })).toContainText("21");
  expect(await axeFindings(report)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});
