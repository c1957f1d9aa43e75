import { expectClean } from "./fixtures/axe-findings.ts";
import { Buffer } from "node:buffer";
import { drawPicture, drawPictures, manyPictures } from "./fixtures/draw-picture.ts";
import { dropFiles, writePictures } from "./fixtures/drop-files.ts";
import { patienceMs } from "./fixtures/patience.ts";
import { readRows } from "./fixtures/read-rows.ts";
import { expect, test } from "./fixtures/test.ts";

const MEGABYTE = 1_000_000;

/** A JPEG of this many bytes: comment segments, which any decoder skips, come between its start and the picture. */
async function paddedJpeg(name: string, bytes: number) {
  const picture = await drawPicture({ number: 60, name, width: 800, height: 600 });
  const segments: Buffer[] = [];
  const comment = Buffer.alloc(65_535, 0x20);
  for (let missing = bytes - picture.buffer.length; missing > 4;) {
    const length = Math.min(65_535, missing - 2);
    const head = Buffer.from([0xff, 0xfe, length >> 8, length & 0xff]);
    segments.push(head, comment.subarray(0, length - 2));
    missing -= length + 2;
  }
  return {
    ...picture,
    buffer: Buffer.concat([picture.buffer.subarray(0, 2), ...segments, picture.buffer.subarray(2)]),
  };
}

test("a file of zero bytes is rejected, and says so", async ({ app }) => {
  await app.open();
  await app.offer([{ name: "nothing.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(0) }]);
  await expect(app.rejection("nothing.jpg")).toContainText("This file is empty");
});

test("text renamed to .jpg is rejected for what it is", async ({ app }) => {
  await app.open();
  const buffer = Buffer.from("This was never a picture.");
  await app.offer([{ name: "notes.jpg", mimeType: "image/jpeg", buffer }]);
  await expect(app.rejection("notes.jpg")).toContainText("This is not a picture");
});

test("a JPEG cut off before its middle is rejected", async ({ app }) => {
  const whole = await drawPicture({ number: 5, name: "cut.jpg", width: 1600, height: 1200 });
  await app.open();
  await app.offer([{ ...whole, buffer: whole.buffer.subarray(0, whole.buffer.length * 0.3) }]);
  await expect(app.rejection("cut.jpg")).toContainText("is cut off");
});

test("a damaged file is rejected, and the others of the same drop are taken", async ({ app }) => {
  const png = await drawPicture({ number: 6, name: "damaged.png", format: "png" });
  png.buffer.fill(0x5a, 60, png.buffer.length - 20);
  await app.open();
  await app.offer([png, ...(await drawPictures(2))]);
  await expect(app.rejection("damaged.png")).toContainText(/damaged|cannot decode/);
  await expect(app.run).toHaveAccessibleName(/^Caption 2/);
});

test("a picture of 60 MB is taken", async ({ app, page }, testInfo) => {
  await app.open();
  await dropFiles(
    page,
    await writePictures([await paddedJpeg("big.jpg", 60 * MEGABYTE)], testInfo),
  );
  await expect(app.run).toHaveAccessibleName(/^Caption 1/);
});

test("a picture of 120 MB is rejected", async ({ app, page }, testInfo) => {
  await app.open();
  const file = await paddedJpeg("huge.jpg", 120 * MEGABYTE);
  await dropFiles(page, await writePictures([file], testInfo));
  await expect(app.rejection("huge.jpg")).toContainText("over the limit of 100 MB");
});

for (const { count, tag } of [
  { count: 120, tag: [] },
  { count: 500, tag: ["@long"] },
])
  test(
    `${count} files at once are all taken, in their order`,
    { tag },
    async ({ app, page }, testInfo) => {
      test.setTimeout(2 * patienceMs(count));
      await app.open();
      await dropFiles(page, await writePictures(await manyPictures(count), testInfo));
      await expect(app.run).toHaveAccessibleName(new RegExp(`^Caption ${count}`), {
        timeout: patienceMs(count),
      });
      await expect(app.images.first()).toHaveAccessibleName("picture-1.jpg");
      await expect(app.images.first()).toHaveAttribute("aria-setsize", `${count}`);
    },
  );

for (const name of ["🦄 café.jpg", `it's "quoted".jpg`, "two\nlines.jpg"]) {
  test(`the name ${JSON.stringify(name)} stays as it is`, async ({ app }) => {
    await app.openWith([await drawPicture({ number: 8, name })]);
    await app.run.click();
    await expect(app.captionOf(name)).toHaveText(/\w/);
    await expect(app.images).toHaveAccessibleName(name.replace("\n", " "));
  });
}

test("a name that climbs folders stays inside the archive", async ({ app }) => {
  const name = "../../escape.jpg";
  await app.openWith([await drawPicture({ number: 9, name })]);
  await app.run.click();
  await expect(app.simulated.first()).toBeVisible();
  const names = await app.namesInArchive();
  expect(names).toContain("escape.txt");
  expect(names.filter((each) => /\.\.|^\/|\\/.test(each))).toEqual([]);
});

test("raising the size of copies makes those of this session's files again", async ({
  app,
  page,
}) => {
  await app.openWith([
    await drawPicture({ number: 1, name: "large.jpg", width: 3000, height: 2000 }),
  ]);
  const widthOfCopy = async () =>
    Math.max(...(await readRows<{ width: number }>(page, "copies")).map(({ width }) => width));
  await expect.poll(widthOfCopy).toBe(1536);
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByLabel("Copies that are kept and sent").selectOption("At most 2,048 px");
  await expect.poll(widthOfCopy).toBe(2048);
});

test("one press covers pictures that are still being prepared; what is refused leaves no gap in their numbers", async ({
  app,
  page,
  sandbox,
}) => {
  await app.open();
  const pictures = await manyPictures(30);
  const broken = { name: "broken.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture") };
  await app.offer([...pictures.slice(0, 10), broken, ...pictures.slice(10)]);
  await app.run.click();
  await expect(app.counts).toContainText("30 captioned", { timeout: patienceMs(30) });
  await app.runEnds();
  expect((await sandbox.ledger()).accepted).toBe(30);
  const frames = (await readRows<{ frame: number }>(page, "images")).map(({ frame }) => frame);
  expect(frames.toSorted((a, b) => a - b)).toEqual(frames.map((_, at) => at + 1));
  const runs = new Set(
    (await readRows<{ runId: string }>(page, "tasks")).map(({ runId }) => runId),
  );
  expect(runs.size).toBe(1);
});

test("60 equal refusals take one line, which opens to their names", async ({ app, page }) => {
  await app.open();
  const files = Array.from({ length: 60 }, (_, at) => ({
    name: `notes-${at}.md`,
    mimeType: "text/plain",
    buffer: Buffer.from("no picture"),
  }));
  await app.offer([...files, await drawPicture({ number: 1 })]);
  const report = page.getByRole("region", { name: "Added files" });
  await expect(report).toContainText("1 of 61 added · 60 not taken");
  await expect(report.getByRole("listitem")).toHaveCount(1);
  await report.getByText("Show the files").click();
  await expect(report.getByText("notes-59.md")).toBeVisible();
  await expect(report.getByRole("button", { name: "Copy the list" })).toBeVisible();
  expect((await report.boundingBox())?.height).toBeLessThan(300);
  await expectClean(page, "refusals");
});
