import * as fc from "fast-check";
import { expect, test } from "vitest";
import { answeredTask, exampleImage, exampleMark } from "#src/domain/example-rows.ts";
import { MOST_FIELDS } from "#src/domain/field.ts";
import type { ShownAnswer } from "#src/domain/shown-answer.ts";
import {
  type CaptionRow,
  captionRow,
  captionsCsv,
  captionsJson,
  captionsJsonl,
  holdsSimulated,
  otherText,
} from "#src/exports/caption-files.ts";
import { drained } from "#src/lib/drained.ts";
import { captionNoteText } from "./caption-report.ts";
import {
  isCaptionFile,
  mostBytesOf,
  readCaptionFile,
  type ReadCaptions,
} from "./read-caption-file.ts";
import { readTable } from "./table-rows.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function read(name: string, text: string | Uint8Array, fieldNames: readonly string[] = []) {
  const bytes = typeof text === "string" ? encode(text) : text;
  return drained(readCaptionFile({ name, folder: "lamps", bytes }, fieldNames));
}

/** Each text with its path, as "path | target | text". */
function linesOf({ entries }: ReadCaptions): string[] {
  return entries.flatMap(({ paths, texts }) =>
    texts.map(({ target, text }) => {
      const name = target.kind === "field" ? target.name : target.kind;
      return `${paths[0]} | ${name} | ${text}`;
    }),
  );
}

test.each([
  ["a.txt", true],
  ["a.jpg.TXT", true],
  ["b.caption", true],
  ["b.xmp", true],
  ["metadata.jsonl", true],
  ["our.csv", true],
  ["our.json", true],
  [".txt", false],
  ["a.jpg", false],
  ["txt", false],
])("tells caption files by their names: %s", (name, expected) => {
  expect(isCaptionFile(name)).toBe(expected);
});

test("a text beside a picture is its description, whatever it was written with", () => {
  const wide = Uint8Array.from([0xff, 0xfe, 0x41, 0x00, 0x20, 0x00, 0x1f, 0x1e]);
  expect(linesOf(read("1.txt", "\uFEFFA lamp.\r\nLit. \n"))).toEqual([
    "lamps/1 | description | A lamp.\nLit.",
  ]);
  expect(linesOf(read("1.jpg.caption", wide))).toEqual(["lamps/1.jpg | description | A ḟ"]);
});

test.each([
  [Uint8Array.from([0x54, 0xfc, 0x72]), "not-text"],
  [Uint8Array.from([0x41, 0, 0x42]), "not-text"],
  [encode(" \n\uFEFF"), "empty"],
  [new Uint8Array(mostBytesOf("1.txt") + 1).fill(0x41), "too-large"],
  [new Uint8Array(30_000).fill(0x41), "too-long"],
])("says why a text beside a picture is not taken: %#", (bytes, kind) => {
  expect(read("1.txt", bytes)).toMatchObject({ entries: [], troubles: [{ kind }] });
});

test("reads a table of one object a line, and says which line is broken", () => {
  const lines = [
    '{"file_name": "1.jpg", "text": "A lamp.", "tags": ["old", 7, "brass"]}',
    "",
    '{"file_name": "2.jpg", "text": ',
    '{"file_name": "sub/3.jpg", "caption": "A desk.", "title": "Desk", "alt_text": "Desk, oak"}',
    '{"file_name": "../4.jpg", "__proto__": "x", "constructor": "y", "description": "Up."}',
  ];
  const result = read("metadata.jsonl", lines.join("\n"), ["constructor"]);
  expect(linesOf(result)).toEqual([
    "lamps/1.jpg | description | A lamp.",
    "lamps/1.jpg | keywords | old, brass",
    "lamps/sub/3.jpg | description | A desk.",
    "lamps/sub/3.jpg | alt | Desk, oak",
    "lamps/sub/3.jpg | title | Desk",
    "4.jpg | description | Up.",
    "4.jpg | constructor | y",
  ]);
  expect(result.troubles).toEqual([{ kind: "bad-lines", first: 3, count: 1 }]);
});

test("columns named like a field are that field's, and others are left alone", () => {
  const csv = 'File_Name,Mood,width,caption\r\n1.jpg,calm,640,"A lamp, lit"\r\n';
  expect(linesOf(read("metadata.csv", csv, ["Mood"]))).toEqual([
    "lamps/1.jpg | description | A lamp, lit",
    "lamps/1.jpg | mood | calm",
  ]);
  expect(linesOf(read("metadata.csv", csv, ["Caption"]))).toEqual([
    "lamps/1.jpg | caption | A lamp, lit",
  ]);
});

test.each([
  ["a.csv", "picture,caption\r\n1.jpg,A lamp", "no-file-names"],
  ["a.csv", "file_name,verdict\r\n1.jpg,20-29", "no-captions"],
  ["a.json", "[1, 2", "not-json"],
  ["a.json", '["a", "b"]', "bad-entries"],
  ["prompts.json", '{"prompts": [{"name": "x", "text": "Describe"}]}', "no-captions"],
  ["a.jsonl", '{"file_name": "1.jpg"}', "no-captions"],
])("says what is missing in %s: %s", (name, text, kind) => {
  expect(read(name, text)).toMatchObject({ entries: [], troubles: [{ kind }] });
});

const boat = exampleImage({ preparation: { phase: "ready", pictureHash: "ab".repeat(32) } });
const shown = { latest: null, edit: null, existing: null, isOfExisting: false, besideEdit: null };
const answered = answeredTask(1);

test.each(["csv", "json", "jsonl"] as const)("reads what this app writes as %s", (form) => {
  const row = {
    ...captionRow(boat, { ...shown, answered }, { facts: null }),
    folder: "harbour",
    caption: '=Boat, "moored"\nat dawn',
    otherTexts: [
      { field: "Keywords", text: "boat, dawn", simulated: false },
      { field: "Title", text: null, simulated: false },
    ],
  };
  const text = {
    csv: captionsCsv([row]),
    json: captionsJson("Harbour", [row], 0),
    jsonl: captionsJsonl([row]),
  }[form];
  const { entries, troubles } = drained(
    readCaptionFile({ name: `our.${form}`, folder: "", bytes: encode(text) }, [
      "Caption",
      "Keywords",
    ]),
  );
  expect(troubles).toEqual([]);
  const others = form === "jsonl" ? [] : ["keywords", "title"];
  expect(entries).toMatchObject([
    {
      paths: ["harbour/boat.jpg"],
      hash: form === "jsonl" ? null : "ab".repeat(32),
      trust: 6,
      texts: [
        { target: { kind: "main", others }, text: row.caption },
        ...(form === "jsonl"
          ? []
          : [{ target: { kind: "field", name: "keywords" }, text: "boat, dawn" }]),
      ],
    },
  ]);
});

test.each(["csv", "json", "jsonl"] as const)(
  "puts each text of our %s back into its field, whatever the fields are called",
  (form) => {
    const others = ["Caption", "sha256", "field: Role", "=Mood"];
    const row = {
      ...captionRow(boat, { ...shown, answered }, { facts: null, field: "Alt text" }),
      caption: "Boat, edited",
      otherTexts: others.map((field) => ({ field, text: `Text of ${field}`, simulated: false })),
    };
    const text = {
      csv: captionsCsv([row]),
      json: captionsJson("Harbour", [row], 0),
      jsonl: captionsJsonl([row]),
    }[form];
    const [entry] = read(`our.${form}`, text, ["Caption", "Alt text"]).entries;
    const names = form === "jsonl" ? [] : others.map((name) => name.toLowerCase());
    expect(entry?.texts).toMatchObject([
      { target: { kind: "main", name: "alt text", others: names }, text: "Boat, edited" },
      ...(form === "jsonl" ? [] : others).map((name) => ({
        target: { kind: "field", name: name.toLowerCase() },
        text: `Text of ${name}`,
      })),
    ]);
  },
);

test("a table from before we named the field keeps its first column of a name for the field it is about", () => {
  const csv = "file_name,caption,caption_ai,sha256,Caption\r\nboat.jpg,Boat,,,A boat.\r\n";
  expect(read("our.csv", csv).entries[0]?.texts).toMatchObject([
    { target: { kind: "main", name: null, others: ["caption"] }, text: "Boat" },
    { target: { kind: "field", name: "caption" }, text: "A boat." },
  ]);
});

test("says of what a table has too much", () => {
  const told = (name: string, text: string) => read(name, text).troubles.map(captionNoteText);
  const most = "It has more than 200,000";
  expect(told("a.json", `[${"0,".repeat(200_000)}0]`)[0]).toContain(`${most} entries`);
  expect(told("a.jsonl", "{}\n".repeat(200_001))[0]).toContain(`${most} lines`);
  expect(read("a.json", new Uint8Array(16_000_001)).troubles.map(captionNoteText)[0]).toContain(
    "at most 16 MB",
  );
  expect(told("a.csv", `file_name${",x".repeat(500)}`)[0]).toContain("more than 500 columns");
});

test("takes no more fields from a file than a sheet can have", () => {
  const names = ["x".repeat(5_000), ...Array.from({ length: 50 }, (_, at) => `Field ${at}`)];
  const [head, cells] = [names.join(","), names.map(() => "A lamp.").join(",")];
  const other_texts = names.map((field) => ({ field, text: "A lamp." }));
  const row = { file_name: "1.jpg", caption: "A boat.", caption_ai: null, other_texts };
  const tables = {
    "our.csv": `file_name,caption,caption_ai,sha256,${head}\r\n1.jpg,A boat.,,,${cells}`,
    "our.json": JSON.stringify([row, row]),
  };
  for (const [name, text] of Object.entries(tables))
    for (const { texts } of read(name, text).entries) {
      expect(texts.length).toBeGreaterThan(10);
      expect(texts.length).toBeLessThanOrEqual(1 + MOST_FIELDS);
      for (const { target } of texts)
        if (target.kind === "field") expect(target.name.length).toBeLessThan(101);
    }
  const lines = names.map((field) =>
    JSON.stringify({ file_name: "1.jpg", text: "A boat.", caption_ai: null, field }),
  );
  const mains = read("our.jsonl", lines.join("\n")).entries.flatMap(({ texts }) =>
    texts.map(({ target }) => (target.kind === "main" ? target.name : "")),
  );
  expect(mains).toHaveLength(names.length);
  expect(new Set(mains)).toEqual(
    new Set([null, ...names.slice(1, 1 + MOST_FIELDS).map((name) => name.toLowerCase())]),
  );
});

test.each([
  ["csv", `file_name,caption\n${"1.jpg,A lamp.\n".repeat(1_000)}`],
  ["csv", `"${'""'.repeat(500_000)}"`],
  ["jsonl", '{"file_name": "1.jpg", "text": "A lamp."}\n'.repeat(1_000)],
] as const)("reads a long %s in steps: %#", (form, text) => {
  const steps = readTable(`a.${form}`, text);
  let count = 0;
  while (steps.next().done !== true) count += 1;
  expect(count).toBeGreaterThan(100);
});

test("marks what the sandbox made up, unless somebody wrote over it", () => {
  const rowOf = (caption: string) => ({
    ...captionRow(boat, { ...shown, answered }, { facts: null }),
    caption,
    captionByModel: "Made up.",
    simulated: true,
  });
  const json = captionsJson("Harbour", [rowOf("Made up."), rowOf("A boat.")], 0);
  expect(
    read("our.json", json).entries.flatMap(({ texts }) => texts.map((one) => one.isSimulated)),
  ).toEqual([true, false]);
});

test.each(["csv", "json"] as const)(
  "our %s says of each text whether the sandbox made it up",
  (form) => {
    const byService = { ...shown, answered };
    const answer = { kind: "caption", text: "A boat." } as const;
    const state = { phase: "done", answer, source: "sandbox", costMicroUsd: 0 } as const;
    const bySandbox = { ...shown, answered: answeredTask(0, { state }) };
    const edit = exampleMark({
      value: { kind: "edit", fieldId: "caption", text: "A boat of mine." },
    });
    const isPassedOver = false;
    const otherTexts = [
      otherText("Alt; text", byService, { isPassedOver }),
      otherText('Key"words', bySandbox, { isPassedOver }),
      otherText("Title", { ...bySandbox, edit }, { isPassedOver }),
    ];
    const rowOf = (main: ShownAnswer) => captionRow(boat, main, { facts: null, otherTexts });
    const madeUp = (rows: CaptionRow[]) => {
      const text = form === "csv" ? captionsCsv(rows) : captionsJson("Harbour", rows, 0);
      const { entries } = read(`our.${form}`, text.replace(",true,sandbox", ",TRUE,sandbox"));
      return entries.map(({ texts }) => texts.map(({ isSimulated }) => isSimulated));
    };
    expect(madeUp([rowOf(byService), rowOf(bySandbox)])).toEqual([
      [false, false, true, false],
      [true, false, true, false],
    ]);
    expect(holdsSimulated(rowOf(byService))).toBe(true);
    const file = form === "csv" ? captionsCsv : (rows: CaptionRow[]) => captionsJson("H", rows, 0);
    const written = file([rowOf(byService)]);
    // Somebody corrects what the sandbox said for Key"words, in that column alone.
    const edited =
      form === "csv"
        ? written.replace(/A boat\.(?=,A boat of mine\.)/u, "A red boat.")
        : written.replace(/(Key.*\s+"text": )"A boat\."/u, '$1"A red boat."');
    expect(edited).not.toBe(written);
    expect(read(`our.${form}`, edited).entries[0]?.texts[2]).toMatchObject({
      text: "A red boat.",
      isSimulated: false,
    });
  },
);

test("of a table that says it only of rows, every text of such a row may be made up", () => {
  const csv = "file_name,caption,caption_ai,simulated,sha256,Alt text\r\nboat.jpg,x,x,true,,y\r\n";
  expect(read("our.csv", csv).entries[0]?.texts).toMatchObject([
    { text: "x", isSimulated: true },
    { text: "y", isSimulated: true },
  ]);
});

test("a file of control characters alone is an empty one", () => {
  const bytes = Uint8Array.from([1, 10, 2]);
  expect(drained(readCaptionFile({ name: "a.txt", folder: "", bytes }, []))).toMatchObject({
    entries: [],
    troubles: [{ kind: "empty" }],
  });
});

test("nothing that a stranger writes makes it throw, and no text passes its bounds", () => {
  const name = fc.constantFrom("a.txt", "a.csv", "a.json", "a.jsonl");
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.string({ unit: "binary", maxLength: 200 }).map(encode),
    fc.json().map((text) => encode(`{"images": [${text}]}`)),
    fc.json().map((text) => encode(`file_name,caption,__proto__\n${text},${text},x`)),
  );
  fc.assert(
    fc.property(name, bytes, (file, content) => {
      const { entries, troubles } = drained(
        readCaptionFile({ name: file, folder: "", bytes: content }, ["__proto__", "toString"]),
      );
      expect(entries.length + troubles.length).toBeGreaterThan(0);
      for (const { texts } of entries)
        for (const { text } of texts) expect(text.trim()).not.toBe("");
    }),
  );
});

test("the words of an XMP file beside a picture are its texts; one that says only how to develop it says nothing", () => {
  const xmp = (inside: string): string =>
    `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about="">${inside}</rdf:Description></rdf:RDF></x:xmpmeta>`;
  const words = xmp(
    '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">A lamp.</rdf:li></rdf:Alt></dc:description><dc:subject><rdf:Bag><rdf:li>lamp</rdf:li><rdf:li>brass</rdf:li></rdf:Bag></dc:subject>',
  );
  expect(linesOf(read("1.xmp", words))).toEqual([
    "lamps/1 | description | A lamp.",
    "lamps/1 | keywords | lamp, brass",
  ]);
  expect(read("1.NEF.xmp", words).entries[0]).toMatchObject({
    paths: ["lamps/1.NEF"],
    isStem: true,
    from: { kind: "sidecar", name: "1.NEF.xmp" },
  });
  expect(read("1.xmp", xmp("<dc:format>image/jpeg</dc:format>"))).toEqual({
    entries: [],
    troubles: [],
  });
});
