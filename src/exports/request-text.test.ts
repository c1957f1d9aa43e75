import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext, Script } from "node:vm";
import * as v from "valibot";
import { expect, test } from "vitest";
import { DEFAULT_SERVICE_URL } from "#src/contract/endpoint.ts";
import { captionTask } from "#src/contract/requests.ts";
import type { ImageSource, SheetImage } from "#src/domain/image.ts";
import type { Task } from "#src/domain/task.ts";
import { requestText, type RequestForm } from "./request-text.ts";

const PROMPT = 'Don\'t say "picture" or `$HOME`;\nname: \\u0000 {picture}';
const NAME = "it's $(a) boat.jpg";

const TASK: Task = {
  taskUuid: "eb705042-61a2-4922-8945-642ebf948d57",
  sheetId: "s",
  imageId: "i",
  runId: "r",
  askedBy: "compare",
  fieldId: null,
  mount: null,
  promptSent: null,
  language: null,
  recipe: { modelId: "runware:152@2", prompt: PROMPT, sentSize: "auto" },
  repeat: 1,
  purse: "runware",
  state: { phase: "waiting" },
  times: {
    createdAt: 1,
    preparingAt: null,
    firstSentAt: null,
    sentAt: null,
    endedAt: null,
    serviceMs: null,
  },
  sent: null,
  holdMicroUsd: 0,
  deletedAt: null,
};

function image(source: ImageSource): SheetImage {
  return {
    id: "i",
    sheetId: "s",
    frame: 1,
    source,
    preparation: { phase: "remote" },
    addedAt: 0,
    deletedAt: null,
  };
}

const FILE = image({ kind: "file", fileName: NAME, folder: "" });
const REMOTE = image({ kind: "url", url: "https://example.org/a'b.jpg", title: null });

function text(form: RequestForm, of = FILE): string {
  return requestText(TASK, of, { form, delivery: "sync" });
}

/**
 * Runs the command with a curl that prints its body. Adds the system's own folders, since the tests may run with fewer
 * on their PATH.
 */
function bodyOf(command: string): unknown {
  const folder = mkdtempSync(join(tmpdir(), "request-text-"));
  writeFileSync(join(folder, NAME), "pixels");
  const script = `curl() { while [ "$1" != --data-binary ]; do shift; done; if [ "$2" = @- ]; then cat; else printf %s "$2"; fi; }\n${command}`;
  const env = { PATH: "/usr/bin:/bin" };
  return JSON.parse(execFileSync("bash", ["-c", script], { cwd: folder, env, encoding: "utf8" }));
}

test("the JSON is what the contract takes, with the picture by its name and no key", () => {
  const [task] = JSON.parse(text("json", REMOTE));
  expect(v.parse(captionTask, task)).toMatchObject({
    taskUUID: TASK.taskUuid,
    prompt: PROMPT,
    inputs: { image: "https://example.org/a'b.jpg" },
  });
  expect(JSON.parse(text("json"))[0].inputs.image).toBe(`data:image/jpeg;base64,<${NAME}>`);
});

test("the curl command sends the same task, reading the file of that name", () => {
  const sent = bodyOf(text("curl"));
  const picture = `data:image/jpeg;base64,${Buffer.from("pixels").toString("base64")}`;
  const [asked] = JSON.parse(text("json"));
  expect(sent).toEqual([{ ...asked, inputs: { image: picture } }]);
  expect(bodyOf(text("curl", REMOTE))).toEqual(JSON.parse(text("json", REMOTE)));
});

test("the fetch call posts the same task to the service", async () => {
  const calls: unknown[] = [];
  const context = createContext({
    fetch: (...call: unknown[]) => calls.push(...call),
    process: { env: {} },
  });
  await new Script(`(async () => {\n${text("fetch", REMOTE)}\n})();`).runInContext(context);
  expect(calls[0]).toBe(DEFAULT_SERVICE_URL);
  const { body } = v.parse(v.object({ body: v.string() }), calls[1]);
  expect(JSON.parse(body)).toEqual(JSON.parse(text("json", REMOTE)));
  expect(text("fetch")).toContain(NAME);
});

test("what is copied says at which size the picture was sent, if it was sent as pixels", () => {
  const small = { ...TASK, recipe: { ...TASK.recipe, sentSize: 512 } as const };
  for (const form of ["curl", "fetch"] as const) {
    expect(requestText(small, FILE, { form, delivery: "sync" })).toContain(
      "a JPEG of at most 512 px a side.",
    );
    expect(text(form, REMOTE)).not.toContain("JPEG");
  }
});

test("a model that takes no prompt is asked without one", () => {
  const bare = { ...TASK, recipe: { ...TASK.recipe, prompt: null } };
  const [task] = JSON.parse(requestText(bare, REMOTE, { form: "json", delivery: "async" }));
  expect(task).not.toHaveProperty("prompt");
  expect(task.deliveryMethod).toBe("async");
});
