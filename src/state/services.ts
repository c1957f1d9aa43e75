import type { QueryClient } from "@tanstack/react-query";
import { createContext, use } from "react";
import type { ServiceClient } from "#src/api/create-service-client.ts";
import type { Connection } from "#src/domain/connection.ts";
import type { ImagePreparer } from "#src/images/image-preparer.ts";
import type { Keeping } from "#src/domain/sheet.ts";
import type { RunEngine } from "#src/runs/engine.ts";
import type { DeviceSettingsStore } from "#src/storage/device-settings.ts";
import type { Storage } from "#src/storage/storage.ts";
import type { ConnectionStore } from "./connection-store.ts";
import type { SampleReader } from "./read-samples.ts";
import type { PurgeChannel, SheetChannel } from "./sheet-channel.ts";
import type { UndoStack } from "./undo-stack.ts";
import type { Workspace } from "./workspace.ts";

/** What the sheets need from the world. Made once, in app/create-services.ts. */
export interface SheetServices {
  storages: Readonly<Record<Keeping, Storage>>;
  /** Loads the engine the first time. */
  engine: () => Promise<RunEngine>;
  /** Loads the worker pool the first time. */
  preparer: () => Promise<ImagePreparer>;
  /** Tells other tabs of this browser about rows that were written. */
  openChannel: (sheetId: string) => SheetChannel;
  /** Between all tabs of this browser. */
  purges: PurgeChannel;
  undo: UndoStack;
  /** Epoch milliseconds. */
  now: () => number;
  /** A new UUID v4. */
  newId: () => string;
}

/** Everything that React's side reaches through context. */
export interface Services {
  sheets: SheetServices;
  workspace: Workspace;
  connections: ConnectionStore;
  settings: DeviceSettingsStore;
  /** Makes clients for the connection in use, or for another that is being tried. Loaded the first time. */
  clients: () => Promise<(connection?: Connection) => ServiceClient>;
  /** Loaded the first time: nothing remote but the health of the server is asked for before. */
  queries: () => Promise<QueryClient>;
  /** The pictures of the sample sheet, which are served beside the app. */
  samples: SampleReader;
  /** Stops every tab's runs, closes what is kept and removes all of it from this device. The page says how it went. */
  wipe: () => Promise<void>;
}

export const ServicesContext = createContext<Services | null>(null);

/** The services of the app. Throws outside its provider. */
export function useServices(): Services {
  const services = use(ServicesContext);
  if (services === null) throw new Error("ServicesContext is missing");
  return services;
}
