import { describe, expect, test } from "vitest";
import { exampleMark, exampleTask } from "#src/domain/example-rows.ts";
import type { ImageRole } from "#src/domain/image-role.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import type { Task, TaskState } from "#src/domain/task.ts";
import { newCaptionField } from "#src/domain/field.ts";
import { lengthOver } from "#src/domain/text-length.ts";
import { createStandings, type StandingSource } from "./standing.ts";
import {
  primaryRun,
  answeredAmong,
  countOf,
  modelsAsked,
  restRun,
  textsOf,
  unsettledAmong,
} from "#src/features/caption/run/run-scope.ts";

const recipe = { modelId: "runware:152@2", prompt: "Describe.", sentSize: "auto" } as const;
const nobody = { selected: new Set<string>(), activeId: null };
const failure = { kind: "timed-out", by: "service" } as const;

function imageAt(id: string, preparation: SheetImage["preparation"]): SheetImage {
  const source = { kind: "file", fileName: `${id}.jpg`, folder: "" } as const;
  return { id, sheetId: "s", frame: 1, source, preparation, addedAt: 0, deletedAt: null };
}

function taskOf(imageId: string, state: TaskState, change: Partial<Task> = {}): Task {
  const taskUuid = `${imageId}-${state.phase}`;
  return exampleTask({ taskUuid, sheetId: "s", imageId, runId: "r", recipe, state, ...change });
}

function done(text: string, costMicroUsd: number | null = 1_300): TaskState {
  return { phase: "done", answer: { kind: "caption", text }, source: "service", costMicroUsd };
}

function editOf(imageId: string): Mark {
  const value = { kind: "edit", fieldId: "caption", text: "My words" } as const;
  return exampleMark({ id: `edit-${imageId}`, sheetId: "s", imageId, value, shown: [], at: 1 });
}

function unsettledAt(imageId: string, endedAt: number): Task {
  const task = taskOf(imageId, { phase: "unsettled", failure });
  return { ...task, times: { ...task.times, endedAt } };
}

/** A sheet of images that are ready, with these tasks. */
function sheetOf(tasks: Record<string, Task[]>, marks: readonly Mark[] = []): StandingSource {
  const ids = Object.keys(tasks);
  return {
    order: ids,
    images: new Map(ids.map((id) => [id, imageAt(id, { phase: "ready", pictureHash: id })])),
    tasks: new Map(Object.entries(tasks).filter(([, rows]) => rows.length > 0)),
    marks: new Map(marks.map((mark) => [mark.imageId, [mark]])),
    fields: [newCaptionField(recipe)],
    asksExisting: false,
  };
}

const everyKind = sheetOf(
  {
    missing: [],
    waiting: [taskOf("waiting", { phase: "waiting" })],
    resting: [taskOf("resting", { phase: "resting", attempt: 1, until: 9, failure })],
    done: [taskOf("done", done("A boat."))],
    empty: [taskOf("empty", { phase: "empty", source: "service", costMicroUsd: null })],
    refused: [
      taskOf("refused", {
        phase: "refused",
        failure: { kind: "refused", code: "x", message: "" },
      }),
    ],
    failed: [taskOf("failed", { phase: "failed", failure })],
    unsettled: [taskOf("unsettled", { phase: "unsettled", failure })],
    cancelled: [taskOf("cancelled", { phase: "cancelled" })],
    written: [taskOf("written", { phase: "failed", failure })],
  },
  [editOf("written")],
);

/** Images that were asked about again after they had an answer, mostly without success. */
const askedAgain = sheetOf(
  {
    answered: [taskOf("answered", done("Old.")), taskOf("answered", done("New."))],
    failed: [taskOf("failed", done("Old.")), taskOf("failed", { phase: "failed", failure })],
    refused: [
      taskOf("refused", done("Old.")),
      taskOf("refused", {
        phase: "refused",
        failure: { kind: "refused", code: "x", message: "" },
      }),
    ],
    empty: [
      taskOf("empty", { phase: "empty", source: "service", costMicroUsd: 0 }),
      taskOf("empty", { phase: "failed", failure }),
    ],
    "edited before": [unsettledAt("edited before", 5)],
    "edited after": [unsettledAt("edited after", 5)],
  },
  [editOf("edited before"), { ...editOf("edited after"), at: 6 }],
);

describe("createStandings", () => {
  test("names the state of every image", () => {
    const { byId } = createStandings()(everyKind);
    expect(Object.fromEntries([...byId].map(([id, { kind }]) => [id, kind]))).toEqual({
      missing: "missing",
      waiting: "running",
      resting: "running",
      done: "done",
      empty: "empty",
      refused: "refused",
      failed: "failed",
      unsettled: "unsettled",
      cancelled: "missing",
      written: "done",
    });
  });

  test("counts them, with a new try that failed beside the existing answer", () => {
    const { counts, byId } = createStandings()(askedAgain);
    expect(byId.get("failed")).toMatchObject({ kind: "done", trouble: "failed" });
    expect(byId.get("empty")).toMatchObject({ kind: "failed", trouble: "failed" });
    expect(byId.get("edited before")).toMatchObject({ kind: "done", trouble: "unsettled" });
    expect(byId.get("edited after")).toMatchObject({ kind: "done", trouble: null });
    expect(counts).toMatchObject({
      total: 6,
      done: 5,
      refused: 1,
      failed: 2,
      unsettled: 1,
      askedInVain: 3,
    });
  });

  test("makes only what changed again", () => {
    const standingsOf = createStandings();
    const before = standingsOf(everyKind);
    const tasks = new Map(everyKind.tasks).set("missing", [taskOf("missing", done("New."))]);
    const after = standingsOf({ ...everyKind, tasks });
    expect(after.byId.get("missing")?.kind).toBe("done");
    expect(after.byId.get("done")).toBe(before.byId.get("done"));
  });

  test("another prompt concerns only images that Compare asked about", () => {
    const standingsOf = createStandings();
    const compared = taskOf("compared", done("Theirs."), { askedBy: "compare" });
    const source = sheetOf({ own: [taskOf("own", done("Mine."))], compared: [compared] });
    const before = standingsOf(source);
    const after = standingsOf({
      ...source,
      fields: [newCaptionField({ ...recipe, prompt: "Else." })],
    });
    expect(after.byId.get("own")).toBe(before.byId.get("own"));
    expect(before.byId.get("compared")?.kind).toBe("done");
    expect(after.byId.get("compared")?.kind).toBe("missing");
  });

  test("an age model shows no captions, and a text model no age groups", () => {
    const age = { ...recipe, modelId: "runware:154@1", prompt: null };
    const { byId } = createStandings()({ ...everyKind, fields: [newCaptionField(age)] });
    expect(byId.get("done")).toMatchObject({ kind: "missing", texts: [{ answers: "age" }] });
  });
});

/** The images whose only text is in a scope. */
function imagesOf(...asked: Parameters<typeof textsOf>): string[] {
  return textsOf(...asked).map(({ imageId }) => imageId);
}

describe("textsOf", () => {
  const standings = createStandings()(everyKind);

  test("missing leaves out what ran, failed or was written by hand", () => {
    expect(imagesOf("missing", standings, nobody)).toEqual(["missing", "cancelled"]);
  });

  test("all leaves out only what is under way", () => {
    const all = imagesOf("all", standings, nobody);
    expect(all).toHaveLength(8);
    expect(all).not.toContain("waiting");
    expect(answeredAmong(textsOf("all", standings, nobody), standings)).toBe(3);
  });

  test("failed are retried apart from refused and unsettled ones", () => {
    expect(imagesOf("failed", standings, nobody)).toEqual(["failed"]);
    expect(imagesOf("unsettled", standings, nobody)).toEqual(["unsettled"]);
  });

  test("a new try that failed is retried even if there is an old answer", () => {
    const again = createStandings()(askedAgain);
    expect(imagesOf("failed", again, nobody)).toEqual(["failed", "empty"]);
    expect(imagesOf("unsettled", again, nobody)).toEqual(["edited before"]);
    expect(unsettledAmong(textsOf("all", again, nobody), again)).toBe(1);
  });

  test("counts as many as it lists", () => {
    const selected = new Set(["failed", "waiting", "done"]);
    for (const source of [standings, createStandings()(askedAgain)])
      for (const scope of ["missing", "one", "selected", "all", "failed", "unsettled"] as const)
        expect(countOf(scope, source, { selected, activeId: null }).images).toBe(
          imagesOf(scope, source, { selected, activeId: null }).length,
        );
  });

  test("one is the active image if it is missing, otherwise the first missing", () => {
    expect(imagesOf("one", standings, { ...nobody, activeId: "cancelled" })).toEqual(["cancelled"]);
    expect(imagesOf("one", standings, { ...nobody, activeId: "done" })).toEqual(["missing"]);
  });

  test("selected keeps the sheet's order and leaves out what is under way", () => {
    const selected = new Set(["failed", "waiting", "done"]);
    expect(imagesOf("selected", standings, { selected, activeId: null })).toEqual([
      "done",
      "failed",
    ]);
  });
});

describe("primaryRun", () => {
  const nothing = new Set<string>();

  test("covers images that are still being prepared, and says how many are ready", () => {
    const preparing = new Map([
      ...everyKind.images,
      ["queued", imageAt("queued", { phase: "queued" })],
    ]);
    const order = [...everyKind.order, "queued"];
    const standings = createStandings()({ ...everyKind, order, images: preparing });
    expect(restRun(standings)).toMatchObject({
      scope: "missing",
      count: { images: 3 },
      what: "3 remaining",
      ready: 2,
    });
    expect(imagesOf("missing", standings, nobody)).toContain("queued");
    expect(imagesOf("one", standings, nobody)).toEqual(["missing"]);
    const alone = { ...sheetOf({}), order: ["queued"], images: preparing };
    const fresh = createStandings()(alone);
    expect(primaryRun(fresh, nothing)).toMatchObject({ what: "1 image", ready: 0 });
    expect(imagesOf("one", fresh, nobody)).toEqual([]);
  });

  test("applies to what is selected, otherwise to what failed, what is missing, or all again", () => {
    const standings = createStandings()(everyKind);
    const selected = new Set(["done", "waiting"]);
    expect(primaryRun(standings, selected)).toMatchObject({
      scope: "selected",
      count: { images: 1 },
    });
    expect(primaryRun(standings, nothing)).toMatchObject({ scope: "failed", what: "1 failed" });
    expect(restRun(standings)).toMatchObject({ scope: "missing", count: { images: 2 } });
    const answered = createStandings()(askedAgain);
    expect(restRun(answered)).toMatchObject({ scope: "all", what: "6 images again" });
    const fine = createStandings()(sheetOf({ done: [taskOf("done", done("A boat."))] }));
    expect(primaryRun(fine, nothing)).toMatchObject({ scope: "all", what: "1 image again" });
  });
});

describe("a sheet with several fields", () => {
  const title = {
    ...newCaptionField({ ...recipe, prompt: "Title." }),
    id: "title",
    name: "Title",
    limit: { most: 5, unit: "characters" as const },
  };
  const [caption] = [newCaptionField(recipe)];
  const source = {
    ...sheetOf({
      both: [
        taskOf("both", done("A boat.")),
        taskOf("both", done("A long title"), { taskUuid: "t", fieldId: "title" }),
      ],
      caption: [taskOf("caption", done("A boat."))],
      title: [taskOf("title", { phase: "failed", failure }, { fieldId: "title" })],
    }),
    fields: [caption, title] as const,
  };

  test("an image is as far as the least finished text that is asked for", () => {
    const { byId, byField } = createStandings()(source);
    expect([...byId.values()].map(({ kind }) => kind)).toEqual(["done", "missing", "missing"]);
    expect(
      byId.get("both")?.texts.map(({ text, rules }) => [text, lengthOver(text ?? "", rules.limit)]),
    ).toEqual([
      ["A boat.", 0],
      ["A long title", 7],
    ]);
    expect(byField.get("caption")).toMatchObject({ done: 2, missing: 1 });
    expect(byField.get("title")).toMatchObject({ done: 1, missing: 1, failed: 1 });
  });

  test("one run asks for the texts that are missing, and a field that is not asked for lacks none", () => {
    const standings = createStandings()(source);
    expect(textsOf("missing", standings, nobody)).toEqual([
      { imageId: "caption", fieldId: "title" },
      { imageId: "title", fieldId: "caption" },
    ]);
    expect(textsOf("failed", standings, nobody)).toEqual([{ imageId: "title", fieldId: "title" }]);
    const alone = createStandings()({
      ...source,
      fields: [caption, { ...title, isAsked: false }],
    });
    expect(textsOf("missing", alone, nobody)).toEqual([{ imageId: "title", fieldId: "caption" }]);
    expect(alone.byId.get("caption")?.kind).toBe("done");
  });

  test("the button counts images, and texts if they are more", () => {
    const fields = [caption, title] as const;
    const fresh = createStandings()({ ...sheetOf({ a: [], b: [] }), fields });
    const { count, what } = primaryRun(fresh, new Set());
    expect(what).toBe("2 images, 4 texts");
    const qwen = { ...title, recipe: { ...recipe, modelId: "runware:152@1" } };
    expect(modelsAsked(count, [caption, qwen])).toEqual(
      new Map([
        [recipe.modelId, 2],
        ["runware:152@1", 2],
      ]),
    );
  });

  test("words that the user wrote belong to their field, and so does what a model answers", () => {
    const value = { kind: "edit", fieldId: "title", text: "Boat" } as const;
    const marks = new Map([["caption", [exampleMark({ imageId: "caption", value, at: 1 })]]]);
    const texts = createStandings()({ ...source, marks }).byId.get("caption")?.texts;
    expect(texts?.map(({ text, edited }) => [text, edited])).toEqual([
      ["A boat.", false],
      ["Boat", true],
    ]);
  });

  test("a review counts until one of the texts is answered anew", () => {
    const review = exampleMark({
      imageId: "both",
      value: { kind: "reviewed" },
      shown: ["both-done", "t"],
    });
    const marks = new Map([["both", [review]]]);
    const standingsOf = createStandings();
    expect(standingsOf({ ...source, marks }).counts.reviewed).toBe(1);
    const again = taskOf("both", done("Another"), { taskUuid: "new", fieldId: "title" });
    const tasks = new Map(source.tasks).set("both", [...(source.tasks.get("both") ?? []), again]);
    expect(standingsOf({ ...source, tasks, marks }).byId.get("both")?.reviewed).toBe(false);
  });

  test("a text that comes from a file after a review has not been reviewed", () => {
    const existing = (seq: number) =>
      exampleMark({
        id: "came",
        seq,
        imageId: "both",
        value: {
          kind: "existing",
          fieldId: caption.id,
          text: "From a file.",
          from: { kind: "table", name: "metadata.csv" },
        },
        shown: ["both-done"],
      });
    const review = exampleMark({
      seq: 2,
      imageId: "both",
      value: { kind: "reviewed" },
      shown: ["both-done", "t"],
    });
    const reviewedAt = (seq: number) =>
      createStandings()({
        ...source,
        marks: new Map([["both", [existing(seq), review]]]),
      }).byId.get("both");
    expect(reviewedAt(1)).toMatchObject({ reviewed: true });
    expect(reviewedAt(3)).toMatchObject({ reviewed: false });
  });
});

describe("roles", () => {
  const LONG = {
    ...newCaptionField(recipe),
    id: "long",
    name: "Long description",
    kind: "free",
    isAsked: false,
  } as const;
  const roleOf = (imageId: string, role: ImageRole): Mark =>
    exampleMark({ id: `role-${imageId}`, imageId, value: { kind: "role", role } });
  const source: StandingSource = {
    ...sheetOf(
      {
        plain: [],
        border: [],
        chart: [],
        failed: [taskOf("failed", { phase: "failed", failure })],
        written: [taskOf("written", done("A wave."))],
      },
      [
        roleOf("border", "decorative"),
        roleOf("chart", "complex"),
        roleOf("failed", "decorative"),
        roleOf("written", "decorative"),
      ],
    ),
    fields: [newCaptionField(recipe), LONG],
  };

  test("decorative images are neither missing nor failed, whatever was asked before, and no run asks for them", () => {
    const standings = createStandings()(source);
    expect(standings.counts).toMatchObject({ total: 5, decorative: 3, missing: 2, failed: 0 });
    for (const scope of ["missing", "failed", "all", "unsettled"] as const)
      for (const { imageId } of textsOf(scope, standings, nobody))
        expect(["plain", "chart"]).toContain(imageId);
    const selected = new Set(["border", "failed", "written"]);
    expect(textsOf("selected", standings, { selected, activeId: null })).toEqual([]);
    expect(standings.byId.get("written")?.texts[0]?.text).toBe("A wave.");
  });

  test("of a complex image the long description is asked for too; button and price count it", () => {
    const standings = createStandings()(source);
    expect(textsOf("missing", standings, nobody)).toEqual([
      { imageId: "plain", fieldId: "caption" },
      { imageId: "chart", fieldId: "caption" },
      { imageId: "chart", fieldId: "long" },
    ]);
    expect(countOf("missing", standings, nobody).texts).toEqual(
      new Map([
        ["caption", 2],
        ["long", 1],
      ]),
    );
    expect(primaryRun(standings, new Set()).what).toBe("2 remaining, 3 texts");
  });
});
