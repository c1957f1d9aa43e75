import { describe, expect, test } from "vitest";
import { answeredTask, exampleImage, exampleMark } from "#src/domain/example-rows.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { ShownAnswer } from "#src/domain/shown-answer.ts";
import type { Task, TaskState } from "#src/domain/task.ts";
import {
  captionRow,
  type CaptionRow,
  captionsCsv,
  captionSidecars,
  captionsJson,
  captionsJsonl,
  otherText,
  zipOf,
} from "./caption-files.ts";
import { withLines } from "#src/lib/with-lines.ts";

const NOTHING: ShownAnswer = {
  answered: null,
  latest: null,
  edit: null,
  existing: null,
  isOfExisting: false,
  besideEdit: null,
};

function imageNamed(fileName: string, folder = ""): SheetImage {
  return {
    id: fileName,
    sheetId: "s",
    frame: 1,
    source: { kind: "file", fileName, folder },
    preparation: { phase: "ready", pictureHash: "ab".repeat(32) },
    addedAt: 0,
    deletedAt: null,
  };
}

function taskWith(state: TaskState, purse: Task["purse"] = "runware"): Task {
  return {
    taskUuid: "7f0c0000-0000-4000-8000-000000000001",
    sheetId: "s",
    imageId: "i",
    runId: "r",
    askedBy: "caption",
    fieldId: "caption",
    mount: null,
    promptSent: null,
    language: null,
    recipe: { modelId: "runware:152@2", prompt: "Describe.", sentSize: "auto" },
    repeat: 1,
    purse,
    state,
    times: {
      createdAt: 0,
      preparingAt: 1,
      firstSentAt: 10,
      sentAt: 1_000,
      endedAt: 2_250,
      serviceMs: null,
    },
    sent: null,
    holdMicroUsd: 0,
    deletedAt: null,
  };
}

function captioned(text: string, over: Partial<Extract<TaskState, { phase: "done" }>> = {}): Task {
  return taskWith({
    phase: "done",
    answer: { kind: "caption", text },
    source: "service",
    costMicroUsd: 1_300,
    ...over,
  });
}

function rowOf(task: Task | null, name = "a.jpg"): CaptionRow {
  return captionRow(imageNamed(name), { ...NOTHING, answered: task }, { facts: null });
}

/** The CSV's only line, by column. Parses just enough for cells without line breaks. */
function cellsOf(row: CaptionRow): Record<string, string> {
  const [head = "", line = ""] = captionsCsv([row]).slice(1).split("\r\n");
  const cells = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/gu)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
  return Object.fromEntries(head.split(",").map((column, index) => [column, cells[index] ?? ""]));
}

describe("captionRow", () => {
  test("keeps the model's words beside the user's", () => {
    const answered = captioned("A boat.");
    const row = captionRow(
      imageNamed("a.jpg"),
      {
        ...NOTHING,
        answered,
        edit: exampleMark({
          value: { kind: "edit", fieldId: "caption", text: "A red boat." },
          shown: [answered.taskUuid],
        }),
      },
      { facts: null },
    );
    expect(row).toMatchObject({
      caption: "A red boat.",
      captionByModel: "A boat.",
      edited: true,
      // One word of three was put in.
      wordsChanged: 0.333,
      status: "done",
      latencyMs: 1_250,
    });
    expect(cellsOf(row)["words_changed"]).toBe("0.333");
    const edit = (text: string, isOfExisting: boolean) => {
      const value = { kind: "edit", fieldId: "caption", text } as const;
      const mark = exampleMark({ value, shown: [answered.taskUuid] });
      const shown = { ...NOTHING, answered, edit: mark, isOfExisting };
      return captionRow(imageNamed("a.jpg"), shown, { facts: null });
    };
    // The model’s words that the user took back; words that were no correction of the model’s.
    expect(edit("A boat.", false)).toMatchObject({ edited: false, wordsChanged: null });
    expect(edit("A red boat.", true)).toMatchObject({ edited: true, wordsChanged: null });
    // Words of the user's over an answer of nothing are a text, as on the sheet.
    const empty = taskWith({ phase: "empty", source: "service", costMicroUsd: null });
    const over = { ...NOTHING, answered: empty, edit: exampleMark() };
    expect(captionRow(imageNamed("a.jpg"), over, { facts: null }).status).toBe("done");
    expect(cellsOf(rowOf(captioned("A boat.")))["words_changed"]).toBe("");
  });

  test("a failed redo keeps the answer and names the error", () => {
    const latest = taskWith({
      phase: "failed",
      failure: { kind: "rejected", code: "invalidModel", message: "…", parameter: null },
    });
    const row = captionRow(
      imageNamed("a.jpg"),
      { ...NOTHING, answered: captioned("A boat."), latest },
      { facts: null },
    );
    expect(row).toMatchObject({
      caption: "A boat.",
      status: "done",
      error: "rejected: invalidModel",
    });
  });

  test("a reused answer of the sandbox is still simulated, one of the service is not", () => {
    const reused = {
      phase: "done",
      answer: { kind: "caption", text: "x" },
      source: "reused",
      costMicroUsd: 0,
    } as const;
    expect(rowOf(taskWith(reused, "sandbox")).simulated).toBe(true);
    expect(rowOf(taskWith(reused, "runware")).simulated).toBe(false);
  });
});

describe("captionsCsv", () => {
  test("tells an unknown cost from none and from zero", () => {
    expect(cellsOf(rowOf(captioned("x", { costMicroUsd: null })))["cost_usd"]).toBe("unknown");
    expect(cellsOf(rowOf(captioned("x", { costMicroUsd: 0 })))["cost_usd"]).toBe("0");
    expect(cellsOf(rowOf(null))["cost_usd"]).toBe("");
    expect(cellsOf(rowOf(captioned("x")))["cost_usd"]).toBe("0.0013");
  });

  test("marks what the sandbox made up", () => {
    expect(cellsOf(rowOf(captioned("x", { source: "sandbox" })))).toMatchObject({
      simulated: "true",
      source: "sandbox",
    });
  });

  test("a caption that is a formula, and one that is HTML, stay text", () => {
    expect(cellsOf(rowOf(captioned("=cmd()")))["caption"]).toBe("'=cmd()");
    expect(cellsOf(rowOf(captioned('<img src=x onerror="alert(1)">')))["caption"]).toBe(
      '<img src=x onerror="alert(1)">',
    );
  });

  test("an age group does not turn into a date", () => {
    const verdict = { label: "3-9", range: { low: 3, high: 9 }, confidence: 0.98 };
    const row = rowOf(
      taskWith({
        phase: "done",
        answer: { kind: "age", verdict },
        source: "service",
        costMicroUsd: 600,
      }),
    );
    expect(cellsOf(row)).toMatchObject({ age_group: "3 to 9", confidence: "0.98", caption: "" });
  });

  test("holds a caption of 20,000 characters whole", () => {
    expect(cellsOf(rowOf(captioned("word ".repeat(4_000).trim())))["chars"]).toBe("19999");
  });
});

describe("JSON", () => {
  test("another field's words are the sandbox's though the user went back to them, until they change", () => {
    const answered = captioned("A boat.", { source: "sandbox" });
    const textWith = (words: string) => {
      const value = { kind: "edit", fieldId: "caption", text: words } as const;
      const edit = exampleMark({ value, shown: [answered.taskUuid] });
      return otherText("Title", { ...NOTHING, answered, edit }, { isPassedOver: false }).simulated;
    };
    expect([textWith("A boat."), textWith("A red boat.")]).toEqual([true, false]);
  });

  test("the document says whether anything in it is simulated", () => {
    const rows = [rowOf(captioned("x")), rowOf(captioned("y", { source: "sandbox" }))];
    expect(JSON.parse(captionsJson("Spring", rows, 0))).toMatchObject({
      sheet: "Spring",
      exported_at: "1970-01-01T00:00:00.000Z",
      simulated: true,
      images: [{ simulated: false }, { simulated: true }],
    });
  });

  test("metadata.jsonl has one line per captioned image, each with file_name and text", () => {
    const inFolder = captionRow(
      imageNamed("b.jpg", "day 1"),
      { ...NOTHING, answered: captioned("two\nlines\u2028three") },
      { facts: null },
    );
    const lines = captionsJsonl([rowOf(null), inFolder]).split("\n");
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      file_name: "day 1/b.jpg",
      text: "two\nlines\nthree",
    });
  });
});

test("metadata.jsonl names no picture twice, and numbers namesakes as the sidecars do", () => {
  const names = ["image.png", "image.png", "image-2.png", "Image.PNG", "image.jpg", "no ending"];
  const rows = names.map((name) => rowOf(captioned("one"), name));
  const named = captionsJsonl(rows)
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(named).toMatchObject(
    ["image.png", "image-3.png", "image-2.png", "Image-4.PNG", "image.jpg", "no ending"].map(
      (file_name) => ({ file_name }),
    ),
  );
  const sidecars = captionSidecars(rows.slice(0, 4)).files.map(({ path }) => path);
  expect(sidecars.slice(0, 4)).toEqual(["image.txt", "image-3.txt", "image-2.txt", "Image-4.txt"]);
});

describe("captionSidecars", () => {
  test("writes nothing but the caption, with its line breaks, and says that there are some", () => {
    const { files, brokenCount } = captionSidecars([
      rowOf(captioned(" A boat.\r\nAt  dawn. "), "harbour.jpg"),
      rowOf(captioned("A quay."), "quay.jpg"),
    ]);
    expect(files.slice(0, 2)).toEqual([
      { path: "harbour.txt", text: "A boat.\nAt  dawn." },
      { path: "quay.txt", text: "A quay." },
    ]);
    expect(brokenCount).toBe(1);
    expect(files[2]?.text).toMatch(/^1 of these captions have several lines/u);
  });

  test("the same bytes in two folders are two files, beside each of them", () => {
    const shared = captioned("A boat.", { source: "reused", costMicroUsd: 0 });
    const [first, second] = [captioned("A boat."), shared].map((task, at) =>
      captionRow(
        imageNamed("boat.jpg", ["north", "south/pier"][at]),
        { ...NOTHING, answered: task },
        { facts: null },
      ),
    );
    if (first === undefined || second === undefined) throw new Error("two rows were made");
    expect(first.sha256).toBe(second.sha256);
    const { files, captionCount, renumbered } = captionSidecars([first, second]);
    expect(files).toEqual([
      { path: "north/boat.txt", text: "A boat." },
      { path: "south/pier/boat.txt", text: "A boat." },
    ]);
    expect([captionCount, renumbered]).toEqual([2, []]);
  });

  test("says which names had to change, and which images have no caption", () => {
    const sidecars = captionSidecars([
      rowOf(captioned("one"), "a.jpg"),
      rowOf(captioned("two"), "a.png"),
      rowOf(null, "b.jpg"),
    ]);
    expect(sidecars.renumbered).toEqual([{ name: "a.png", path: "a-2.txt" }]);
    expect(sidecars.withoutCaption).toEqual(["b.jpg"]);
    expect(sidecars.files.at(-1)?.text).toContain("a.png -> a-2.txt");
  });

  test("an archive of simulated captions says so inside", () => {
    const { files } = captionSidecars([rowOf(captioned("x", { source: "sandbox" }))]);
    expect(files.at(-1)?.text).toMatch(/^SIMULATED: 1 of these 1 captions/u);
  });

  test("the archive is a ZIP that holds the paths and the text", async () => {
    const blob = await zipOf([{ path: "día/a.txt", text: "A boat." }], Date.UTC(2026, 0, 2));
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const text = new TextDecoder().decode(bytes);
    expect(text.startsWith("PK\u0003\u0004")).toBe(true);
    expect(text).toContain("día/a.txt");
    expect(text).toContain("A boat.");
  });
});

test("every kind of line break is one, and other control characters are spaces", () => {
  expect(withLines("a\u0085b\u2029c\r\nd\re\u0000f\tg\n\n h")).toBe("a\nb\nc\nd\ne f\tg\n\n h");
});

test("the CSV keeps what a micro-dollar says", () => {
  const costs = [1, 600, 1_300, 1_000_000, 12_345_678];
  expect(
    costs.map((costMicroUsd) => cellsOf(rowOf(captioned("x", { costMicroUsd })))["cost_usd"]),
  ).toEqual(["0.000001", "0.0006", "0.0013", "1", "12.345678"]);
});

describe("roles", () => {
  const rows = [
    captionRow(
      imageNamed("lamp.jpg"),
      { ...NOTHING, answered: captioned("A lamp.") },
      { facts: null },
    ),
    captionRow(
      imageNamed("wave.svg"),
      { ...NOTHING, answered: captioned("A wave.") },
      {
        facts: null,
        role: "decorative",
        isPassedOver: true,
      },
    ),
    captionRow(
      imageNamed("chart.png"),
      { ...NOTHING, answered: captioned("A chart.") },
      { facts: null, role: "complex" },
    ),
  ];

  test("a decorative image has an empty text and says why, in tables as in documents", () => {
    expect(rows.map((row) => cellsOf(row)["role"])).toEqual([
      "informative",
      "decorative",
      "complex",
    ]);
    expect(rows.map((row) => cellsOf(row)["caption"])).toEqual(["A lamp.", "", "A chart."]);
    const json: unknown = JSON.parse(captionsJson("Sheet", rows, 0));
    expect(json).toMatchObject({
      images: [{}, { caption: "", role: "decorative", caption_ai: "A wave." }, { role: "complex" }],
    });
    const [, line = ""] = captionsJsonl(rows).split("\n");
    expect(JSON.parse(line)).toMatchObject({ file_name: "wave.svg", text: "", role: "decorative" });
  });

  test("a decorative image gets no text file, and is counted apart", () => {
    const sidecars = captionSidecars(rows);
    expect(sidecars.files.map(({ path }) => path)).toEqual(["lamp.txt", "chart.txt"]);
    expect(sidecars).toMatchObject({ captionCount: 2, decorativeCount: 1, withoutCaption: [] });
  });
});

test("a text that an image came with is never passed off as a model's", () => {
  const value = {
    kind: "existing",
    fieldId: "caption",
    text: "A quay.",
    from: { kind: "sidecar", name: "boat.txt" },
  } as const;
  const existing = exampleMark({ value });
  const alone = captionRow(exampleImage(), { ...NOTHING, existing }, { facts: null });
  expect(alone).toMatchObject({
    caption: "A quay.",
    captionByModel: null,
    source: "existing",
    status: "done",
    edited: false,
  });
  expect(cellsOf(alone)).toMatchObject({ source: "existing", status: "done", cost_usd: "" });
  const over = { ...NOTHING, answered: answeredTask(1), existing };
  expect(captionRow(exampleImage(), over, { facts: null })).toMatchObject({
    caption: "A quay.",
    captionByModel: "A boat.",
    source: "existing",
  });
});
