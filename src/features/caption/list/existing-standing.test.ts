import { describe, expect, test } from "vitest";
import { exampleImage, exampleMark, exampleTask } from "#src/domain/example-rows.ts";
import { newCaptionField } from "#src/domain/field.ts";
import type { TaskState } from "#src/domain/task.ts";
import { answeredAmong } from "#src/features/caption/run/run-scope.ts";
import { createStandings, type StandingSource } from "./standing.ts";

const recipe = { modelId: "runware:152@2", prompt: "Describe.", sentSize: "auto" } as const;
const value = {
  kind: "existing",
  fieldId: "caption",
  text: "A lamp",
  from: { kind: "sidecar", name: "new.txt" },
} as const;
const existing = exampleMark({ id: "e", sheetId: "s", imageId: "new", value, shown: [] });
const image = exampleImage({
  id: "new",
  sheetId: "s",
  preparation: { phase: "ready", pictureHash: "new" },
});
const SHEET: StandingSource = {
  order: ["new"],
  images: new Map([["new", image]]),
  tasks: new Map(),
  marks: new Map([["new", [existing]]]),
  fields: [newCaptionField(recipe)],
  asksExisting: false,
};

describe("a text that an image came with", () => {
  test("is kept, and a run does not ask for it", () => {
    const standings = createStandings()(SHEET);
    const [text] = standings.byId.get("new")?.texts ?? [];
    expect(text).toMatchObject({ kind: "done", edited: false, text: "A lamp" });
    expect(standings.scopes.missing.images).toBe(0);
    expect(answeredAmong([{ imageId: "new", fieldId: "caption" }], standings)).toBe(1);
  });

  test("is asked about if the user wants that, and shows until there is an answer", () => {
    const source = { ...SHEET, asksExisting: true };
    const standings = createStandings()(source);
    const [text] = standings.byId.get("new")?.texts ?? [];
    expect(text).toMatchObject({ kind: "missing", text: "A lamp" });
    expect(standings.scopes.missing.images).toBe(1);
    expect(answeredAmong([{ imageId: "new", fieldId: "caption" }], standings)).toBe(0);
    const task = exampleTask({
      sheetId: "s",
      imageId: "new",
      recipe,
      state: answeredWith("A boat."),
    });
    const answered = { ...source, tasks: new Map([["new", [task]]]) };
    const [after] = createStandings()(answered).byId.get("new")?.texts ?? [];
    expect(after).toMatchObject({ kind: "done", text: "A boat.", shown: { existing: null } });
  });
});

function answeredWith(text: string): TaskState {
  return {
    phase: "done",
    answer: { kind: "caption", text },
    source: "service",
    costMicroUsd: 1300,
  };
}
