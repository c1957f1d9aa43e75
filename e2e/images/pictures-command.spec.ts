import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import sharp from "sharp";

const root = fileURLToPath(new URL("../..", import.meta.url));
const formats = `${root}e2e/fixtures/formats/`;

test("the command that tries a folder of pictures finds the wrong one and the refused one", async ({
  browserName: _any,
}, testInfo) => {
  const folder = testInfo.outputPath("pictures");
  const copies = testInfo.outputPath("copies");
  await mkdir(folder, { recursive: true });
  for (const name of ["png-alpha.png", "jpeg-orientation-6.jpg"])
    await copyFile(formats + name, `${folder}/${name}`);
  await writeFile(`${folder}/letter.png`, "Dear diary,\n");
  const corners = "#e61e1e #3ca050 #e61e1e #325ab4";
  await writeFile(
    `${folder}/INDEX.tsv`,
    [
      "file\texpect\tright size\tcolours",
      `png-alpha.png\ttaken\t120x80\t${corners} #ffffff`,
      `jpeg-orientation-6.jpg\ttaken\t120x80\t${corners} #ffffff`,
      "letter.png\ttaken\t\t",
    ].join("\n"),
  );
  const { code, printed } = await pictures([folder, "--write", copies]);
  expect(printed).toMatch(/^right +taken +png-alpha\.png +120x80/m);
  expect(printed).toMatch(/^wrong +taken +jpeg-orientation-6\.jpg .*should be #ffffff$/m);
  expect(printed).toMatch(/^against expect +taken +letter\.png +This is not a picture/m);
  expect(printed).toMatch(/^3 files: 1 right, 1 wrong, 1 against expect$/m);
  expect(code).toBe(1);
  const copy = await sharp(await readFile(`${copies}/jpeg-orientation-6.jpg.jpg`)).metadata();
  expect(copy).toMatchObject({ width: 120, height: 80 });

  const one = await pictures([folder, "--only", "alpha"]);
  expect(one).toMatchObject({ code: 0 });
  expect(one.printed).toMatch(/^1 file: 1 right/m);
});

function pictures(parameters: readonly string[]): Promise<{ code: number; printed: string }> {
  return new Promise((resolve) => {
    const command = ["scripts/pictures.mjs", ...parameters];
    const child = execFile(process.execPath, command, { cwd: root }, (_error, out, complaints) =>
      resolve({ code: child.exitCode ?? 1, printed: out + complaints }),
    );
  });
}
