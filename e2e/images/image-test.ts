import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test as base } from "@playwright/test";
import { watchConsole } from "#e2e/fixtures/console-watch.ts";
import { servePage } from "./page-server.mjs";

export { expect } from "@playwright/test";

interface WorkerFixtures {
  /** Address of a page that holds only the image preparer, under the app's policy. */
  harnessAddress: string;
}

/** Every test gets a fresh page with the preparer in it, and fails on any console error or policy violation. */
export const test = base.extend<{ harness: undefined }, WorkerFixtures>({
  harnessAddress: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads out of the pattern what a fixture needs
    async ({}, use) => {
      const outDir = await mkdtemp(join(tmpdir(), "image-harness-"));
      const server = await servePage({
        root: fileURLToPath(new URL("harness", import.meta.url)),
        outDir,
        mounts: { "/formats/": fileURLToPath(new URL("../fixtures/formats", import.meta.url)) },
      });
      await use(server.address);
      await server.close();
      await rm(outDir, { recursive: true });
    },
    { scope: "worker" },
  ],
  harness: [
    async ({ context, page, harnessAddress }, use) => {
      const complaints = await watchConsole(context);
      await page.goto(harnessAddress);
      await page.waitForFunction(() => "harness" in window);
      await use(undefined);
      base.expect(complaints, "the console shows no complaints").toEqual([]);
    },
    { auto: true },
  ],
});
