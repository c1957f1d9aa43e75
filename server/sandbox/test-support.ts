import { randomUUID } from "node:crypto";
import sharp from "sharp";
import * as v from "valibot";
import { dataItem, errorItem, replyEnvelope } from "#src/contract/replies.ts";
import { ANSWER_MARK_HEADER } from "#src/contract/answer-mark.ts";
import type { Sandbox } from "./create-sandbox.ts";

/** A reply as the client's own schemas read it. */
export interface ReadReply {
  status: number;
  mark: string | null;
  data: v.InferOutput<typeof dataItem>[];
  errors: v.InferOutput<typeof errorItem>[];
  retryAfter: string | null;
}

/** Posts tasks of any kind to a sandbox and reads the reply. */
export async function post(
  sandbox: Sandbox,
  tasks: unknown,
  headers: Record<string, string> = {},
): Promise<ReadReply> {
  const request = new Request("http://sandbox/v1", {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(tasks),
  });
  const response = await sandbox.fetch(request);
  const envelope = v.parse(replyEnvelope, await response.json());
  return {
    status: response.status,
    mark: response.headers.get(ANSWER_MARK_HEADER),
    data: (envelope.data ?? []).map((item) => v.parse(dataItem, item)),
    errors: (envelope.errors ?? []).map((item) => v.parse(errorItem, item)),
    retryAfter: response.headers.get("Retry-After"),
  };
}

/** A caption task with a new UUID; given fields override it. */
export function captionOf(picture: string, fields: Record<string, unknown> = {}) {
  return {
    taskType: "caption",
    taskUUID: randomUUID(),
    model: "runware:152@2",
    inputs: { image: picture },
    ...fields,
  };
}

/** A small landscape: pale sky above, one bright disc at the top right, dark ground with stripes at the bottom left. */
export async function drawLandscape(sky = "#9cc4e8"): Promise<Buffer> {
  const stripes = Array.from({ length: 14 }, (_, index) => {
    return `<path d="M${index * 14} 130v70" stroke="#f5ecd2" stroke-width="5"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200">
    <rect width="300" height="200" fill="${sky}"/><circle cx="250" cy="30" r="26" fill="#fffdf0"/>
    <path d="M0 120h300v80H0Z" fill="#27303a"/>${stripes.join("")}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
}

/** The bytes as a data URI. */
export function dataUri(bytes: Buffer, mime = "image/jpeg"): string {
  return `data:${mime};base64,${bytes.toString("base64")}`;
}
