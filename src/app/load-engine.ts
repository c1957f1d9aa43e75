import type { ServiceClient } from "#src/api/create-service-client.ts";
import type { SheetId } from "#src/domain/image.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import type { ImagePreparer } from "#src/images/image-preparer.ts";
import { createRunEngine, type RunEngine } from "#src/runs/engine.ts";
import type { Network, TabChannel } from "#src/runs/ports.ts";
import {
  allowsUploads,
  createPictureSource,
  createUploads,
} from "#src/state/pictures/picture-source.ts";
import type { Storage } from "#src/storage/storage.ts";
import { createWorkerClock } from "./worker-clock.ts";

interface EngineParts {
  /** Where a sheet is kept. */
  storageOf: (sheetId: SheetId) => Storage;
  /** For the connection in use, which must be settled. */
  client: () => ServiceClient;
  onConnectionChange: (listener: () => void) => () => void;
  preparer: () => Promise<ImagePreparer>;
  /** A sheet that is live in this tab; null if it was not opened. */
  findSheet: (sheetId: SheetId) => Sheet | null;
}

/** The run engine, with the browser's own locks, channels and network. */
export function loadEngine({
  storageOf,
  client,
  onConnectionChange,
  preparer,
  findSheet,
}: EngineParts): RunEngine {
  return createRunEngine({
    ledgerOf: storageOf,
    client,
    onConnectionChange,
    pictures: createPictureSource({
      storageOf: (image) => storageOf(image.sheetId),
      preparer,
      uploads: createUploads({
        client,
        isAllowed: (sheetId) => {
          const sheet = findSheet(sheetId);
          return sheet !== null && allowsUploads(sheet);
        },
        now: () => Date.now(),
        newUuid: () => crypto.randomUUID(),
      }),
    }),
    clock: createWorkerClock(),
    random: Math.random,
    newUuid: () => crypto.randomUUID(),
    locks: {
      request: (name, options, work) => navigator.locks.request(name, options, work),
    },
    channel: openRunChannel(),
    network,
  });
}

function openRunChannel(): TabChannel {
  const channel = new BroadcastChannel("contact-sheet.runs");
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => {
      const onMessage = (event: MessageEvent<unknown>): void => listener(event.data);
      channel.addEventListener("message", onMessage);
      return () => channel.removeEventListener("message", onMessage);
    },
  };
}

const network: Network = {
  isOnline: () => navigator.onLine,
  subscribe: (listener) => {
    window.addEventListener("online", listener);
    window.addEventListener("offline", listener);
    return () => {
      window.removeEventListener("online", listener);
      window.removeEventListener("offline", listener);
    };
  },
};
