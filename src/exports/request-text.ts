import { sentSideOf } from "#src/catalog/find-models.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import type { RunSettings } from "#src/domain/sheet.ts";
import type { Task } from "#src/domain/task.ts";

export type RequestForm = "json" | "curl" | "fetch";

// As in contract/endpoint.ts; this folder may not read it there, so a test compares the two.
const SERVICE_URL = "https://api.runware.ai/v1";
const TASK_COMMENT = "A taskUUID is taken only once: to ask again, put in a new UUID v4.";

/**
 * The request of a task as it was sent to the service, without the key. A picture that was sent as pixels is
 * named instead: in JSON and fetch by a note of what belongs there, in curl by reading the file of that name.
 */
export function requestText(
  task: Task,
  image: SheetImage,
  { form, delivery }: { form: RequestForm; delivery: RunSettings["delivery"] },
): string {
  switch (form) {
    case "json":
      return JSON.stringify([wireTask(task, delivery, pictureText(image))], null, 2);
    case "curl":
      return curlText(task, image, delivery);
    case "fetch":
      return fetchText(task, image, delivery);
  }
}

function wireTask({ taskUuid, recipe }: Task, delivery: RunSettings["delivery"], image: string) {
  return {
    taskType: "caption",
    taskUUID: taskUuid,
    model: recipe.modelId,
    ...(recipe.prompt === null ? {} : { prompt: recipe.prompt }),
    includeCost: true,
    deliveryMethod: delivery,
    inputs: { image },
  };
}

/** What stands for the picture: its address or UUID, or a note that names the file. */
function pictureText(image: SheetImage): string {
  return referenceOf(image) ?? `data:image/jpeg;base64,<${imageName(image)}>`;
}

function referenceOf({ source }: SheetImage): string | null {
  if (source.kind === "url") return source.url;
  return source.kind === "runware" ? source.imageUuid : null;
}

function curlText(task: Task, image: SheetImage, delivery: RunSettings["delivery"]): string {
  const head = [
    `# ${TASK_COMMENT}`,
    `curl ${SERVICE_URL} \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -H "Authorization: Bearer $RUNWARE_API_KEY" \\`,
  ];
  const reference = referenceOf(image);
  if (reference !== null) {
    const body = JSON.stringify([wireTask(task, delivery, reference)]);
    return [...head, `  --data-binary ${shellQuoted(body)}`].join("\n");
  }
  head.unshift(`# ${sizeComment(task)} This sends the file unchanged.`);
  // The picture is read from disk and sent through a pipe: it would be too long for an argument.
  const { before, after } = aroundPicture(JSON.stringify([wireTask(task, delivery, PICTURE)]));
  return [
    ...head,
    `  --data-binary @- < <(`,
    `    printf %s ${shellQuoted(`${before}"data:image/jpeg;base64,`)}`,
    `    base64 < ${shellQuoted(imageName(image))} | tr -d '\\n'`,
    `    printf %s ${shellQuoted(`"${after}`)}`,
    `  )`,
  ].join("\n");
}

function fetchText(task: Task, image: SheetImage, delivery: RunSettings["delivery"]): string {
  const reference = referenceOf(image);
  const { before, after } = aroundPicture(
    JSON.stringify([wireTask(task, delivery, PICTURE)], null, 2),
  );
  const body = `${before}picture${after}`;
  const picture =
    reference === null
      ? `"data:image/jpeg;base64,…"; // the data URI of ${oneLine(imageName(image))}. ${sizeComment(task)}`
      : `${JSON.stringify(reference)};`;
  return [
    `// ${TASK_COMMENT}`,
    `const picture = ${picture}`,
    `const response = await fetch("${SERVICE_URL}", {`,
    `  method: "POST",`,
    "  headers: {",
    `    "Content-Type": "application/json",`,
    "    Authorization: `Bearer ${process.env.RUNWARE_API_KEY}`,",
    "  },",
    `  body: JSON.stringify(${body.replaceAll("\n", "\n  ")}),`,
    "});",
  ].join("\n");
}

function sizeComment({ recipe }: Task): string {
  return `The app sent it as a JPEG of at most ${sentSideOf(recipe)} px a side.`;
}

const PICTURE = "picture";

/** Splits a body at its picture: the last value of the task, so that no prompt is taken for it. */
function aroundPicture(json: string): { before: string; after: string } {
  const stand = JSON.stringify(PICTURE);
  const at = json.lastIndexOf(stand);
  return { before: json.slice(0, at), after: json.slice(at + stand.length) };
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\u2028\u2029]+/gu, " ");
}
