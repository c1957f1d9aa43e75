import { expect, test } from "./fixtures/test.ts";

// A page of the app's origin that opens no database of its own.
const BESIDE = "./icon.svg";

test("a database that another tab blocks, upgrades or takes away is recognised, and opens once it can", async ({
  app,
  page,
  context,
}) => {
  await context.route("**/favicon.ico", (route) => route.fulfill());
  const beside = await context.newPage();
  await beside.goto("./");
  // A new device makes its database after the first paint.
  await expect.poll(() => beside.evaluate(hasTables)).toBe(true);
  await beside.goto(BESIDE);
  await beside.evaluate(holdDatabase, null);
  await page.addInitScript(beOneVersionNewer);
  await page.goto("./");
  await expect(page.getByRole("heading", { name: "Waiting for another tab" })).toBeVisible();
  await expect(
    page.getByText("close or reload that tab, and this one carries on by itself"),
  ).toBeVisible();
  await beside.reload();
  await expect(app.fileInput).toBeAttached();

  await beside.evaluate(holdDatabase, 99);
  await expect(page.getByRole("heading", { name: "The storage was closed" })).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "A newer version has been here" })).toBeVisible();
});

/** Whether the app has made its database. If it has not, opening makes none either. */
async function hasTables(): Promise<boolean> {
  const request = indexedDB.open("contact-sheet");
  request.addEventListener("upgradeneeded", () => request.transaction?.abort());
  return new Promise((resolve) => {
    request.addEventListener("error", (event) => {
      event.preventDefault();
      resolve(false);
    });
    request.addEventListener("success", () => {
      request.result.close();
      resolve(true);
    });
  });
}

/**
 * As a tab of an older version that does not release it or, with a version, as one of a newer
 * version.
 */
async function holdDatabase(version: number | null): Promise<void> {
  const request = indexedDB.open("contact-sheet", version ?? undefined);
  await new Promise((resolve) => {
    request.addEventListener("success", resolve);
  });
}

function beOneVersionNewer() {
  const open = indexedDB.open.bind(indexedDB);
  Object.assign(indexedDB, {
    open: (name: string, version?: number) =>
      open(name, version === undefined ? undefined : version + 1),
  });
}
