import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { pictureForm, taskList } from "./requests.ts";

const taskUUID = "eb705042-61a2-4922-8945-642ebf948d57";
const image = "https://pictures.test/one.jpg";
const caption = { taskType: "caption", taskUUID, model: "runware:152@2", inputs: { image } };

describe("a request", () => {
  test.each([
    [caption],
    [{ ...caption, prompt: "", includeCost: true, deliveryMethod: "async" }],
    [{ taskType: "getResponse", taskUUID }],
    [{ taskType: "accountManagement", taskUUID, operation: "getDetails" }],
    [{ taskType: "imageUpload", taskUUID, image: "data:image/png;base64,AAAA" }],
    [{ taskType: "mediaStorage", taskUUID, operation: "upload", media: image }],
  ])("of %j is taken", (task) => {
    expect(v.is(taskList, [task])).toBe(true);
  });

  test.each([
    ["a webhook", { ...caption, webhookURL: "https://x.test" }],
    ["an upload endpoint", { ...caption, uploadEndpoint: "https://x.test" }],
    ["the older form", { ...caption, inputImage: image }],
    ["another input", { ...caption, inputs: { image, video: image } }],
    ["a UUID v5", { ...caption, taskUUID: "eb705042-61a2-5922-8945-642ebf948d57" }],
    ["no picture", { ...caption, inputs: {} }],
    ["a local file", { ...caption, inputs: { image: "file:///etc/passwd" } }],
    ["a model that is no AIR id", { ...caption, model: "qwen" }],
    ["a delete", { taskType: "mediaStorage", taskUUID, operation: "delete", mediaUUID: taskUUID }],
    ["a key", { taskType: "authentication", apiKey: "secret" }],
  ])("with %s is not", (_what, task) => {
    expect(v.is(taskList, [task])).toBe(false);
  });

  test("holds 1 to 20 tasks", () => {
    expect(
      [0, 1, 20, 21].map((count) =>
        v.is(
          taskList,
          Array.from({ length: count }, () => caption),
        ),
      ),
    ).toEqual([false, true, true, false]);
  });
});

test.each([
  ["3e5eacba-0586-598a-a217-b3eb1135c99f", "uuid"],
  ["HTTPS://pictures.test/one.jpg", "url"],
  ["data:image/webp;base64,UklGRg==", "data-uri"],
  ["data:text/html;base64,PGI+", null],
  ["iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB", "base64"],
  ["iVBORw0KGgoAAAANSUhEUg==", "base64"],
  ["a sentence, not a picture", null],
  ["ftp://pictures.test/one.jpg", null],
  ["", null],
])("the picture %j is given as %j", (picture, form) => {
  expect(pictureForm(picture)).toBe(form);
});
