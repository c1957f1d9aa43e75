import { toFailure } from "#src/domain/failure.ts";
import type { WorkerOrder, WorkerReport } from "#src/images/image-preparer.ts";
import { requireTrueReadback } from "./check-readback.ts";
import { hashThumbnail, makeReady } from "./make-ready.ts";
import { prepare, prepareDrawing } from "./prepare.ts";

addEventListener("message", (event: MessageEvent<WorkerOrder>) => {
  carryOut(event.data)
    .then(report)
    .catch((thrown: unknown) => report({ kind: "failed", failure: toFailure(thrown) }));
});

async function carryOut(order: WorkerOrder): Promise<WorkerReport> {
  requireTrueReadback();
  switch (order.kind) {
    case "prepare":
      return prepare(order, report);
    case "prepare-drawing":
      return prepareDrawing(order);
    case "make-ready":
      return { kind: "made-ready", picture: await makeReady(order) };
    case "hash-thumbnail":
      return { kind: "hashed", perceptualHash: await hashThumbnail(order) };
  }
}

function report(message: WorkerReport): void {
  postMessage(message, { transfer: buffersOf(message) });
}

function buffersOf(message: WorkerReport): ArrayBuffer[] {
  if (message.kind === "prepared")
    return [message.picture.copy.bytes, message.picture.thumbnail.bytes];
  if (message.kind === "made-ready" && message.picture.made !== null)
    return [message.picture.made.bytes];
  return [];
}
