import { makeZip } from "client-zip";
import { describe, expect, test } from "vitest";
import { exampleZip, type ExampleEntry } from "./example-zip.ts";
import { readZipDirectory, readBytes, readLines, type LineBounds } from "./zip.ts";

const MEGABYTE = 1024 * 1024;
const LINES = Array.from({ length: 9000 }, (_, number) => `{"row":${number},"text":"Ünï 🦄"}`);

describe.each<[string, Blob | Promise<Blob>]>([
  [
    "the app's own writer",
    new Response(
      makeZip([
        { name: "rows.jsonl", input: `${LINES.join("\n")}\n` },
        { name: "empty", input: "" },
      ]),
    ).blob(),
  ],
  ["another program, deflated", example({ deflate: true })],
  ["another program, with a comment", example({}, { comment: "PK\u0005\u0006 is no end" })],
  ["another program, Zip64", example({ zip64: true, deflate: true }, { zip64: true })],
])("a ZIP of %s", (_, made) => {
  test("gives back what was put in", async () => {
    const file = await made;
    const entries = await readZipDirectory(file);
    expect([...entries.keys()]).toEqual(["rows.jsonl", "empty"]);
    expect(await linesIn(file, "rows.jsonl")).toEqual(LINES);
    expect(await textIn(file, "rows.jsonl")).toBe(`${LINES.join("\n")}\n`);
    expect(await textIn(file, "empty")).toBe("");
  });
});

test("more files than a plain ZIP can count are all found", async () => {
  const names = Array.from({ length: 66_000 }, (_, number) => `${number}`);
  const file = await new Response(makeZip(names.map((name) => ({ name, input: name })))).blob();
  expect((await readZipDirectory(file)).size).toBe(66_000);
  expect(await textIn(file, "65999")).toBe("65999");
});

test("what is no ZIP is told from one that is cut off", async () => {
  await expect(readZipDirectory(new Blob([]))).rejects.toMatchObject(bad("foreign"));
  await expect(readZipDirectory(new Blob(["words"]))).rejects.toMatchObject(bad("foreign"));
  const whole = example({});
  for (const bytes of [4, 1000, whole.size - 60, whole.size - 1])
    await expect(readZipDirectory(whole.slice(0, bytes))).rejects.toMatchObject(bad("damaged"));
});

test("a byte that changed on the way is noticed, stored or deflated", async () => {
  for (const deflate of [false, true]) {
    const bytes = new Uint8Array(await example({ deflate }).arrayBuffer());
    bytes[2000] = (bytes[2000] ?? 0) ^ 1;
    const file = new Blob([bytes]);
    await expect(linesIn(file, "rows.jsonl")).rejects.toMatchObject(bad("damaged"));
  }
});

test.each<[string, NonNullable<ExampleEntry["claim"]>, boolean]>([
  ["another checksum", { crc: 1 }, true],
  ["fewer bytes than it has", { bytes: 5000 }, true],
  ["more bytes than it has", { bytes: 500_000 }, true],
  ["a place that is not its own", { offset: 7 }, true],
  ["a place beyond the file", { offset: 0xfffffff0 }, true],
  ["a packed size beyond the file", { packedBytes: 0xfffffff0 }, true],
  ["stored, but of another size", { bytes: 5000 }, false],
])("an entry that claims %s is damaged", async (_, claim, deflate) => {
  await expect(linesIn(example({ claim, deflate }), "rows.jsonl")).rejects.toMatchObject(
    bad("damaged"),
  );
});

test("an encrypted entry is as good as absent", async () => {
  const file = example({ claim: { flags: 1 } });
  expect([...(await readZipDirectory(file)).keys()]).toEqual(["empty"]);
});

test("a file that would unpack to a hundred times its size is left alone", async () => {
  // Its claim counts: nothing is unpacked to find out.
  const data = new Uint8Array(MEGABYTE / 4);
  const claim = { bytes: 100 * MEGABYTE };
  const bomb = exampleZip([{ name: "zeros", data, deflate: true, claim }]);
  expect(bomb.size).toBeLessThan(MEGABYTE / 4);
  await expect(readZipDirectory(bomb)).rejects.toMatchObject(bad("too-large"));
});

test("a bomb that claims to be small is stopped at the end of its claim", async () => {
  const data = new Uint8Array(4 * MEGABYTE);
  const bomb = exampleZip([{ name: "zeros", data, deflate: true, claim: { bytes: 100 } }]);
  await expect(textIn(bomb, "zeros")).rejects.toMatchObject(bad("damaged"));
});

test("entries that share their bytes are refused before anything is unpacked", async () => {
  const file = exampleZip([
    { name: "one", data: "x".repeat(1000) },
    { name: "two", data: "y".repeat(1000), claim: { offset: 0 } },
  ]);
  await expect(readZipDirectory(file)).rejects.toMatchObject(bad("damaged"));
});

test("a line without end is not gathered without end", async () => {
  const file = exampleZip([{ name: "rows.jsonl", data: "x".repeat(3 * MEGABYTE) }]);
  await expect(linesIn(file, "rows.jsonl")).rejects.toMatchObject(bad("too-large"));
});

test("lines beyond the bound are not read, however small the file that holds them", async () => {
  const data = "\n".repeat(8 * MEGABYTE);
  const file = exampleZip([{ name: "rows.jsonl", data, deflate: true }]);
  expect(file.size).toBeLessThan(64 * 1024);
  const entry = (await readZipDirectory(file)).get("rows.jsonl");
  if (entry === undefined) throw new Error("the entry is there");
  let bytes = 0;
  let lines = 0;
  const reading = (async () => {
    const bounds = { mostBytes: 10 * MEGABYTE, mostLines: 1000 };
    const onBytes = (read: number) => (bytes += read);
    for await (const line of readLines(file, entry, { ...bounds, onBytes }))
      lines += line === "" ? 1 : 0;
  })();
  await expect(reading).rejects.toMatchObject(bad("too-large"));
  expect(lines).toBe(1000);
  expect(bytes).toBeLessThan(MEGABYTE);
  const few = { mostBytes: MEGABYTE, mostLines: 1000 };
  await expect(linesIn(file, "rows.jsonl", few)).rejects.toMatchObject(bad("too-large"));
});

function example(entry: Partial<ExampleEntry>, options?: Parameters<typeof exampleZip>[1]): Blob {
  const rows = { name: "rows.jsonl", data: `${LINES.join("\n")}\n`, ...entry };
  return exampleZip([rows, { name: "empty", data: "" }], options);
}

async function linesIn(
  file: Blob,
  name: string,
  bounds: LineBounds = { mostBytes: 10 * MEGABYTE, mostLines: 10_000 },
): Promise<string[]> {
  const entry = (await readZipDirectory(file)).get(name);
  const lines: string[] = [];
  if (entry !== undefined)
    for await (const line of readLines(file, entry, bounds)) lines.push(line);
  return lines;
}

async function textIn(file: Blob, name: string): Promise<string | null> {
  const entry = (await readZipDirectory(file)).get(name);
  if (entry === undefined) return null;
  return new TextDecoder().decode(await readBytes(file, entry, 10 * MEGABYTE));
}

function bad(reason: string) {
  return { failure: { kind: "sheet-file", reason } };
}
