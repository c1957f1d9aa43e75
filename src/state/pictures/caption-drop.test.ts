import { expect, test } from "vitest";
import {
  answeredTask,
  exampleMark,
  examplePicture,
  exampleTask,
} from "#src/domain/example-rows.ts";
import { imageName } from "#src/domain/image.ts";
import type { PictureText } from "#src/domain/picture.ts";
import { captionText } from "#src/domain/shown-answer.ts";
import { shownTextOf } from "#src/state/sheet/prompt-sent.ts";
import type { OfferedFile } from "./intake.ts";
import { createGate, rig } from "./intake-rig.ts";

function fileOf(path: string, content: string): OfferedFile {
  const at = path.lastIndexOf("/");
  const name = path.slice(at + 1);
  return { file: new File([content], name), folder: path.slice(0, Math.max(0, at)), from: "file" };
}

async function desk() {
  const sheet = rig();
  await sheet.keepSheet();
  const drop = async (files: readonly OfferedFile[], texts: readonly PictureText[] = []) => {
    for (const { file } of files) sheet.finish(file.name, { ...examplePicture(file.name), texts });
    await sheet.intake.addFiles(files);
    return sheet.state().intake.captions;
  };
  const idOf = (name: string): string =>
    [...sheet.state().images.values()].find((image) => imageName(image) === name)?.id ?? "";
  return {
    ...sheet,
    drop,
    idOf,
    /** The texts that show, by the name of their image, each with whose it is. */
    texts: () => {
      const { images, tasks, marks, sheet: row } = sheet.state();
      return Object.fromEntries(
        [...images.values()].map((image) => {
          const shown = shownTextOf(
            row.fields[0],
            tasks.get(image.id) ?? [],
            marks.get(image.id) ?? [],
          );
          const from =
            shown.existing?.value.kind === "existing" ? shown.existing.value.from.name : "";
          return [imageName(image), `${captionText(shown) ?? ""} < ${from}`];
        }),
      );
    },
    latest: () => sheet.undo.store.getState().latest?.change.label,
  };
}

test("texts beside pictures are taken as their images are kept, with one undo", async () => {
  const sheet = await desk();
  const [report, ...others] = await sheet.drop([
    fileOf("lamps/1.jpg", "a"),
    fileOf("lamps/2.jpg", "b"),
    fileOf("lamps/1.txt", "A lamp."),
    fileOf("lamps/2.caption", "A desk.\n"),
    fileOf("lamps/9.txt", "Nobody."),
  ]);
  expect(others).toEqual([]);
  expect(sheet.texts()).toEqual({ "1.jpg": "A lamp. < 1.txt", "2.jpg": "A desk. < 2.caption" });
  expect(report).toMatchObject({
    files: 3,
    isUnderWay: false,
    taken: { texts: 2, files: 2 },
    notes: [{ name: "9.txt", why: { kind: "unmatched" } }],
    conflicts: [],
  });
  expect(sheet.state().intake).toMatchObject({ offered: 2, taken: 2, rejected: [] });
  expect(sheet.latest()).toBe("taking 2 captions from 2 files");
  await sheet.undo.undo();
  expect(sheet.texts()).toEqual({ "1.jpg": " < ", "2.jpg": " < " });
  await sheet.undo.redo();
  expect(sheet.texts()["1.jpg"]).toBe("A lamp. < 1.txt");
  expect(await sheet.keptMarks()).toHaveLength(2);
});

test("what a picture says of itself is taken, unless a file says it otherwise: then both are offered", async () => {
  const sheet = await desk();
  const texts = [
    { about: "description", name: "XMP dc:description", text: "In the picture." },
    { about: "keywords", name: "XMP dc:subject", text: "lamp, brass" },
  ] as const;
  const [report] = await sheet.drop(
    [fileOf("1.jpg", "a"), fileOf("2.jpg", "b"), fileOf("2.txt", "Beside it.")],
    texts,
  );
  expect(sheet.texts()).toEqual({
    "1.jpg": "In the picture. < XMP dc:description",
    "2.jpg": "Beside it. < 2.txt",
  });
  expect(report).toMatchObject({
    missing: [{ field: { presetId: "keywords", name: "Keywords" }, count: 2 }],
    conflicts: [{ wins: 0, options: [{ placed: { text: "Beside it." } }, { kind: "came" }] }],
  });
  expect(sheet.latest()).toBe("taking 2 captions from 2 files");
  await report?.settle([1]);
  expect(sheet.texts()["2.jpg"]).toBe("In the picture. < XMP dc:description");
  expect(sheet.latest()).toBe("taking 1 caption from 1 file");
  expect(sheet.state().intake.captions[0]).toMatchObject({ taken: { texts: 2, files: 2 } });
  await report?.addField({ presetId: "keywords", name: "Keywords" });
  expect(sheet.state().sheet.fields.map(({ name }) => name)).toEqual(["Caption", "Keywords"]);
  expect(sheet.state().intake.captions[0]?.missing).toEqual([]);
  expect(sheet.latest()).toBe("adding the field Keywords with 2 texts");
  await sheet.undo.undo();
  expect(sheet.state().sheet.fields).toHaveLength(1);
  await sheet.undo.undo();
  expect(sheet.texts()["2.jpg"]).toBe("Beside it. < 2.txt");
  await sheet.undo.undo();
  expect(sheet.texts()).toEqual({ "1.jpg": " < ", "2.jpg": " < " });
});

test("captions dropped alone are matched with the sheet; a person's words win, a model's do not", async () => {
  const sheet = await desk();
  await sheet.drop(["1.jpg", "2.jpg", "3.jpg", "4.jpg"].map((name) => fileOf(`a/${name}`, name)));
  const [one, two, three] = [sheet.idOf("1.jpg"), sheet.idOf("2.jpg"), sheet.idOf("3.jpg")];
  const answer = (imageId: string) => answeredTask(1, { taskUuid: imageId, imageId });
  sheet.sheetStore.show({
    tasks: [answer(one), answer(two), answer(three)],
    marks: [
      exampleMark({
        id: "edit",
        imageId: one,
        value: { kind: "edit", fieldId: "caption", text: "By hand." },
        shown: [one],
      }),
      // The model’s words, which the user went back to.
      exampleMark({
        id: "back",
        imageId: two,
        value: { kind: "edit", fieldId: "caption", text: "A boat." },
        shown: [two],
      }),
    ],
  });
  const csv = [
    "file_name,caption",
    "1.jpg,From the file.",
    "2.jpg,From the file.",
    "3.jpg,A boat.",
    "4.jpg,From the file.",
  ];
  const [report] = await sheet.drop([fileOf("metadata.csv", csv.join("\n"))]);
  expect(report?.conflicts).toMatchObject([
    { imageId: one, wins: 0, options: [{ by: "person", text: "By hand." }, {}] },
    { imageId: two, wins: 1, options: [{ by: "model", text: "A boat." }, {}] },
  ]);
  expect(sheet.state().intake).toMatchObject({ offered: 0, rejected: [] });
  await report?.settle([1, 1]);
  expect(sheet.texts()).toMatchObject({
    "1.jpg": "From the file. < metadata.csv",
    "2.jpg": "From the file. < metadata.csv",
    "3.jpg": "A boat. < ",
    "4.jpg": "From the file. < metadata.csv",
  });
  expect(sheet.latest()).toBe("taking 2 captions from 1 file");
  await sheet.undo.undo();
  expect(sheet.texts()).toMatchObject({
    "1.jpg": "By hand. < ",
    "2.jpg": "A boat. < ",
    "4.jpg": "From the file. < metadata.csv",
  });
  await sheet.undo.undo();
  expect(sheet.texts()["4.jpg"]).toBe(" < ");
});

test("leaving conflicts takes what was clear, and that can be undone", async () => {
  const sheet = await desk();
  await sheet.drop([fileOf("1.jpg", "1"), fileOf("2.jpg", "2"), fileOf("1.txt", "Old.")]);
  const report = (await sheet.drop([fileOf("1.txt", "New."), fileOf("2.txt", "Two.")])).at(-1);
  expect(report?.conflicts).toMatchObject([{ wins: 1, options: [{ by: "existing" }, {}] }]);
  expect(sheet.latest()).toBe("taking 1 caption from 1 file");
  sheet.intake.dismissReport();
  await report?.settle(null);
  expect(sheet.state().intake.captions).toEqual([]);
  expect(sheet.texts()).toEqual({ "1.jpg": "Old. < 1.txt", "2.jpg": "Two. < 2.txt" });
  expect(sheet.latest()).toBe("taking 1 caption from 1 file");
});

test("a picture that is dropped again keeps what it has; the texts beside it are about the one that is there", async () => {
  const sheet = await desk();
  const texts = [{ about: "description", name: "XMP dc:description", text: "Own." }] as const;
  await sheet.drop([fileOf("a/1.jpg", "1"), fileOf("a/1.txt", "Beside.")]);
  expect(sheet.texts()).toEqual({ "1.jpg": "Beside. < 1.txt" });
  sheet.again("1.jpg");
  const reports = await sheet.drop(
    [fileOf("a/1.jpg", "1"), fileOf("a/1.txt", "Beside."), fileOf("a/2.jpg", "2")],
    texts,
  );
  expect(reports.at(-1)).toMatchObject({ conflicts: [], notes: [] });
  expect(sheet.texts()).toEqual({
    "1.jpg": "Beside. < 1.txt",
    "2.jpg": "Own. < XMP dc:description",
  });
});

test("texts beside a picture that is refused are said, and a renamed one is found by its bytes", async () => {
  const sheet = await desk();
  const hash = "ab".repeat(32);
  sheet.refuse("bad.jpg");
  sheet.finish("renamed.jpg", examplePicture(hash));
  const jsonl = [
    { file_name: "old.jpg", text: "By bytes.", caption_ai: null, sha256: hash },
    { file_name: "gone.jpg", text: "Nobody.", caption_ai: null },
  ];
  await sheet.intake.addFiles([
    fileOf("bad.jpg", "x"),
    fileOf("renamed.jpg", "y"),
    fileOf("bad.txt", "Refused."),
    fileOf("metadata.jsonl", jsonl.map((line) => JSON.stringify(line)).join("\n")),
  ]);
  expect(sheet.texts()).toEqual({ "renamed.jpg": "By bytes. < metadata.jsonl" });
  const notes = sheet.state().intake.captions[0]?.notes.map(({ name, why }) => [name, why.kind]);
  expect(notes).toEqual([
    ["bad.txt", "without-picture"],
    ["metadata.jsonl", "unmatched"],
  ]);
  expect(sheet.state().intake.captions[0]?.notes[1]?.lines).toEqual({
    count: 1,
    names: ["gone.jpg"],
  });
});

test("5,000 texts beside pictures that are there are read and taken in slices, as one change", async () => {
  const sheet = await desk();
  const names = Array.from({ length: 5_000 }, (_, at) => `${at}`);
  const image = (name: string, at: number) => ({
    id: name,
    sheetId: sheet.state().sheet.id,
    frame: at + 1,
    source: { kind: "file", fileName: `${name}.jpg`, folder: "shoot" } as const,
    preparation: { phase: "ready", pictureHash: name } as const,
    addedAt: 1,
    deletedAt: null,
  });
  sheet.sheetStore.show({ images: names.map(image) });
  sheet.sheetStore.flush();
  let beats = 0;
  const beat = setInterval(() => (beats += 1), 0);
  await sheet.intake.addFiles(names.map((name) => fileOf(`shoot/${name}.txt`, `Text ${name}`)));
  clearInterval(beat);
  expect(sheet.latest()).toBe("taking 5,000 captions from 5,000 files");
  expect(sheet.state().marks.size).toBe(5_000);
  // Others had their turn meanwhile.
  expect(beats).toBeGreaterThan(10);
});

test("files of one name in two folders are two files", async () => {
  const sheet = await desk();
  await sheet.drop(
    ["train", "test"].flatMap((folder) => [
      fileOf(`${folder}/${folder}.jpg`, folder),
      fileOf(`${folder}/metadata.csv`, `file_name,caption\n${folder}.jpg,Of ${folder}.`),
    ]),
  );
  expect(sheet.latest()).toBe("taking 2 captions from 2 files");
});

test("captions that can’t be told apart keep no picture back, and are said", async () => {
  const sheet = await desk();
  await sheet.drop([fileOf("there.jpg", "there")]);
  const [there] = sheet.state().images.values();
  if (there === undefined) throw new Error("no image");
  const matching = createGate<null>();
  let hasThrown = false;
  const folder = () => {
    if (hasThrown) return "";
    hasThrown = true;
    matching.resolve(null);
    throw new Error("no folder");
  };
  const source = Object.defineProperty({ ...there.source }, "folder", { get: folder });
  sheet.sheetStore.show({ images: [{ ...there, source }] });
  const added = sheet.intake.addFiles([fileOf("1.jpg", "a"), fileOf("1.txt", "A lamp.")]);
  await matching.promise;
  sheet.finish("1.jpg");
  await added;
  const [report] = sheet.state().intake.captions;
  expect(sheet.state().intake).toMatchObject({ offered: 1, taken: 1, rejected: [] });
  expect(report).toMatchObject({
    isUnderWay: false,
    notes: [{ name: "1.txt", why: { kind: "unreadable" } }],
  });
});

/** A model's words on an image, a file's that differ, and a hand that can write. */
async function deskInConflict() {
  const sheet = await desk();
  await sheet.drop([fileOf("1.jpg", "1")]);
  const imageId = sheet.idOf("1.jpg");
  sheet.sheetStore.show({ tasks: [answeredTask(1, { taskUuid: "answer", imageId })] });
  await sheet.drop([fileOf("1.txt", "From the file.")]);
  const write = (text: string) =>
    sheet.sheetStore.show({
      marks: [
        exampleMark({
          id: text,
          seq: 99,
          imageId,
          value: { kind: "edit", fieldId: "caption", text },
          shown: ["answer"],
        }),
      ],
    });
  return {
    ...sheet,
    write,
    report: () => {
      const report = sheet.state().intake.captions.at(-1);
      if (report === undefined) throw new Error("no report");
      return report;
    },
  };
}

test("what the user wrote while a conflict was open wins once it is listed again", async () => {
  const sheet = await deskInConflict();
  expect(sheet.report().conflicts).toMatchObject([{ wins: 1, options: [{ by: "model" }, {}] }]);
  sheet.write("By hand.");
  sheet.report().relist();
  expect(sheet.report().conflicts).toMatchObject([
    { wins: 0, options: [{ by: "person", text: "By hand." }, { kind: "came" }] },
  ]);
  sheet.write("From the file.");
  sheet.report().relist();
  expect(sheet.report().conflicts).toEqual([]);
});

test("a choice about a text that is another by then takes nothing, and is asked for again", async () => {
  const sheet = await deskInConflict();
  sheet.write("By hand.");
  await sheet.report().settle([1]);
  expect(sheet.texts()).toEqual({ "1.jpg": "By hand. < " });
  expect(sheet.report()).toMatchObject({
    changed: 1,
    conflicts: [{ wins: 0, options: [{ by: "person" }, { kind: "came" }] }],
  });
  await sheet.report().settle([1]);
  expect(sheet.texts()).toEqual({ "1.jpg": "From the file. < 1.txt" });
  expect(sheet.report()).toMatchObject({ changed: 0, conflicts: [] });
});

test("a text that is taken while a question is out is not hidden by its answer", async () => {
  const sheet = await desk();
  await sheet.drop([fileOf("1.jpg", "1")]);
  const imageId = sheet.idOf("1.jpg");
  sheet.sheetStore.show({
    tasks: [exampleTask({ taskUuid: "out", imageId, state: { phase: "sending", attempt: 1 } })],
  });
  await sheet.drop([fileOf("1.txt", "From the file.")]);
  sheet.sheetStore.show({ tasks: [answeredTask(1, { taskUuid: "out", imageId })] });
  expect(sheet.texts()).toEqual({ "1.jpg": "From the file. < 1.txt" });
});

test("of several texts the suggested one stands until the user decides: it goes if none is taken", async () => {
  const sheet = await desk();
  const texts = [{ about: "description", name: "XMP dc:description", text: "In it." }] as const;
  const [report] = await sheet.drop([fileOf("1.jpg", "1"), fileOf("1.txt", "Beside it.")], texts);
  await report?.settle([-1]);
  expect(sheet.texts()).toEqual({ "1.jpg": " < " });
  expect(sheet.latest()).toBe("leaving out 1 caption");
  await sheet.undo.undo();
  expect(sheet.texts()).toEqual({ "1.jpg": "Beside it. < 1.txt" });
});

test("texts for a field that another drop has added go into that field", async () => {
  const sheet = await desk();
  const keywords = { presetId: "keywords", name: "Keywords" };
  const texts = (text: string) => [{ about: "keywords", name: "XMP dc:subject", text }] as const;
  await sheet.drop([fileOf("1.jpg", "1")], texts("lamp"));
  await sheet.drop([fileOf("2.jpg", "2")], texts("desk"));
  const [one, two, ...others] = sheet.state().intake.captions;
  expect(others).toEqual([]);
  await one?.addField(keywords);
  expect(sheet.latest()).toBe("adding the field Keywords with 1 text");
  await two?.addField(keywords);
  expect(sheet.state().sheet.fields.map(({ name }) => name)).toEqual(["Caption", "Keywords"]);
  expect(sheet.latest()).toBe("taking 1 caption from 1 file");
  expect(sheet.state().marks.get(sheet.idOf("2.jpg"))).toMatchObject([{ value: { text: "desk" } }]);
  expect(sheet.state().intake.captions.flatMap(({ missing }) => missing)).toEqual([]);
});

test("no field is offered for texts that the sandbox made up", async () => {
  const sheet = await desk();
  const line = {
    file_name: "1.jpg",
    text: "A lamp.",
    caption_ai: "A lamp.",
    simulated: true,
    other_texts: [{ field: "Keywords", text: "lamp, brass" }],
  };
  const [report] = await sheet.drop([
    fileOf("1.jpg", "1"),
    fileOf("captions.json", JSON.stringify([line])),
  ]);
  expect(report).toMatchObject({ missing: [], notes: [{ why: { kind: "simulated" } }] });
});
