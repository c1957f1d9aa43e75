import type { QueryClient } from "@tanstack/react-query";
import { createContext, use } from "react";
import type { ServiceClient } from "#src/api/create-service-client.ts";
import type { Connection } from "#src/domain/connection.ts";
import type { DeviceSettingsStore } from "#src/storage/device-settings.ts";
import type { ConnectionStore } from "./connection-store.ts";
import type { SampleReader } from "./pictures/read-samples.ts";
import type { SheetServices } from "./sheet/sheet-services.ts";
import type { Workspace } from "./workspace.ts";

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
