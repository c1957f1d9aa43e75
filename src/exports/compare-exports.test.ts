import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Column } from "#src/domain/compare-settings.ts";
import { type ComparedColumn, comparedRow } from "#src/domain/comparison.ts";
import { frameNumber } from "#src/domain/frame.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import type { Mark, MarkValue } from "#src/domain/mark.ts";
import { recipeKey } from "#src/domain/recipe.ts";
import type { Task, TaskState } from "#src/domain/task.ts";
import { compareCsv, compareJson, preferenceLines } from "./compare-files.ts";
import { compareData } from "./compare-data.ts";
import { compareReplay } from "./compare-replay.ts";

function aColumn(id: string, modelId: string, changes: Partial<Column> = {}): ComparedColumn {
  const column: Column = {
    id,
    name: null,
    modelId,
    prompt: null,
    sentSize: "auto",
    repeats: 1,
    widthPx: null,
    ...changes,
  };
  const recipe = { modelId, prompt: column.prompt ?? "Describe.", sentSize: column.sentSize };
  return { column, recipe, key: recipeKey(recipe), label: `Column ${id}`, answers: "text" };
}

const COLUMNS = [
  aColumn("A", "runware:152@2"),
  aColumn("B", "runware:152@1", { prompt: "In a word." }),
];

function said(text: string): TaskState {
  return {
    phase: "done",
    answer: { kind: "caption", text },
    source: "sandbox",
    costMicroUsd: 1300,
  };
}

function aTask(taskUuid: string, column: number, state: TaskState): Task {
  const recipe = COLUMNS[column]?.recipe;
  if (recipe === undefined) throw new Error("no such column");
  return {
    taskUuid,
    sheetId: "s",
    imageId: "i",
    runId: "r",
    askedBy: "compare",
    fieldId: null,
    mount: null,
    promptSent: null,
    language: null,
    recipe,
    repeat: 1,
    purse: "sandbox",
    state,
    times: {
      createdAt: 0,
      preparingAt: 100,
      firstSentAt: 150,
      sentAt: 150,
      endedAt: 1350,
      serviceMs: null,
    },
    sent: null,
    holdMicroUsd: 0,
    deletedAt: null,
  };
}

const IMAGE: SheetImage = {
  id: "i",
  sheetId: "s",
  frame: 7,
  source: { kind: "file", fileName: `=a"b<c>.jpg`, folder: "in/spring" },
  preparation: { phase: "ready", pictureHash: "abc" },
  addedAt: 0,
  deletedAt: null,
};

const HOSTILE = `<img src=x onerror=alert(1)> & </script><script>alert("2")</script> 'q'`;
const TASKS = [aTask("a", 0, said(HOSTILE)), aTask("b", 1, said("A boat."))];

function aMark(value: MarkValue): Mark {
  return {
    id: `m-${value.kind}`,
    seq: 1,
    sheetId: "s",
    imageId: "i",
    value,
    shown: ["b", "a"],
    note: "  =better ",
    by: null,
    at: Date.UTC(2026, 0, 2),
    secondsTaken: 3.5,
    sample: null,
    replaces: null,
    deletedAt: null,
  };
}

function dataOf(marks: readonly Mark[], tasks = TASKS) {
  const row = comparedRow(IMAGE, { tasks, marks }, { columns: COLUMNS, referenceColumnId: null });
  return compareData(
    { columns: COLUMNS, rows: [row] },
    { sheet: "Spring <1>", exportedAt: Date.UTC(2026, 0, 3) },
    (_, uuid) => tasks.find(({ taskUuid }) => taskUuid === uuid) ?? null,
  );
}

const PICKED = dataOf([aMark({ kind: "pick", taskUuid: "b" })]);

test("the CSV has a line for every cell, with the vote and its order, and runs nothing", () => {
  const [heads = "", first = "", second = ""] = compareCsv(PICKED).split("\r\n");
  const at = (line: string, name: string) =>
    line.split(",")[heads.replace("\uFEFF", "").split(",").indexOf(name)];
  expect(first).toContain(`"'=a""b<c>.jpg",in/spring,Column A`);
  expect(second).toContain(`A boat.`);
  expect(at(second, "cost_usd")).toBe("0.0013");
  expect(at(second, "queue_ms")).toBe("100");
  expect(at(second, "service_ms")).toBe("1200");
  expect(at(second, "vote")).toBe("pick");
  expect(at(second, "picked")).toBe("true");
  expect(at(second, "shown_place")).toBe("1");
  expect(at(second, "simulated")).toBe("true");
  expect(second).toContain(`"'  =better "`);
});

test("parts of a picture are numbered in the table and in the replay", async () => {
  const box = [0, 0, 1, 0.5] as const;
  const place = { of: "whole", by: "split", fileName: "page.png", folder: "", number: 2 } as const;
  const [row] = PICKED.rows;
  if (row === undefined) throw new Error("no row");
  const image = { ...IMAGE, source: { kind: "part", box, ...place } } as const;
  const data = { ...PICKED, rows: [{ ...row, frame: frameNumber(image), name: imageName(image) }] };
  expect(compareCsv(data)).toContain("\r\n7·2,page.png#2,");
  const replay = await compareReplay(data, {
    pictureOf: async () => null,
    facts: [],
    findings: [],
  });
  expect(replay.join("")).toContain("▸ 07·2 page.png#2");
});

test("a cell without an answer says why", () => {
  const failed = aTask("a", 0, {
    phase: "failed",
    failure: { kind: "rejected", code: "invalidModel", message: "m", parameter: null },
  });
  const lines = compareCsv(dataOf([], [failed])).split("\r\n");
  expect(lines[1]).toContain(",failed,");
  expect(lines[1]).toContain("rejected: invalidModel");
  expect(lines[2]).toContain(",not asked,");
});

test("the JSON holds every cell and the vote by column and task", () => {
  const json = JSON.parse(compareJson(PICKED));
  expect(json).toMatchObject({
    sheet: "Spring <1>",
    exportedAt: "2026-01-03T00:00:00.000Z",
    simulated: true,
    columns: [{ model: "runware:152@2", prompt: "Describe." }, { prompt: "In a word." }],
  });
  expect(json.images[0].vote).toMatchObject({
    kind: "pick",
    picked: { column: "Column B", taskUuid: "b" },
    shown: [{ taskUuid: "b" }, { taskUuid: "a" }],
    seconds: 3.5,
  });
  expect(json.images[0].cells).toHaveLength(2);
});

test("preferences have a line for each answer that lost, with the order shown", () => {
  const [line = "", ...rest] = preferenceLines(PICKED);
  expect(rest).toEqual([]);
  expect(JSON.parse(line)).toMatchObject({
    chosen: "A boat.",
    rejected: HOSTILE,
    chosen_model: "runware:152@1",
    rejected_model: "runware:152@2",
    prompt: "In a word.",
    prompt_rejected: "Describe.",
    shown_order: ["runware:152@1", "runware:152@2"],
    simulated: true,
  });
  for (const value of [
    { kind: "tie" },
    { kind: "all-bad" },
    { kind: "void", why: "revealed" },
  ] as const)
    expect(preferenceLines(dataOf([aMark(value)]))).toEqual([]);
});

test("a vote on an answer that was redone is void in every export", () => {
  const redone = dataOf(
    [aMark({ kind: "pick", taskUuid: "b" })],
    [...TASKS, aTask("c", 1, said("Two boats."))],
  );
  expect(preferenceLines(redone)).toEqual([]);
  expect(compareCsv(redone)).toContain("void: redone");
});

test("the replay escapes what models and users wrote, and its policy allows only its own script", async () => {
  const picture = {
    bytes: new Uint8Array([255, 216]).buffer,
    mime: "image/jpeg",
    width: 2,
    height: 1,
  } as const;
  const parts = await compareReplay(PICKED, {
    pictureOf: async () => picture,
    facts: [[{ term: "cost", value: "<1>" }], [{ term: "cost", value: "2" }]],
    findings: ["A < B"],
  });
  const html = parts.join("");
  expect(html.match(/<script/gu)).toHaveLength(1);
  expect(html).not.toContain("<img src=x");
  expect(html).toContain("&lt;img src=x onerror=alert(1)&gt; &amp; &lt;/script&gt;");
  expect(html).toContain(
    `alt="=a&quot;b&lt;c&gt;.jpg" width="2" height="1" src="data:image/jpeg;base64,/9g="`,
  );
  expect(html).toContain("Picked: Column B");
  expect(html).toContain('<span class="simulated">Simulated</span>');
  expect(html).not.toMatch(/https?:\/\//u);
  for (const tag of ["script", "style"]) {
    const text = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, "u").exec(html)?.[1] ?? "";
    const hash = createHash("sha256").update(text).digest("base64");
    expect(html).toContain(`&#39;sha256-${hash}&#39;`);
  }
});
