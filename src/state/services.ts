import { createContext, use, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import type { ServiceClient } from "#src/api/create-service-client.ts";
import { type Connection, type Purse, purseOf } from "#src/domain/connection.ts";
import type { DeviceSettings, DeviceSettingsStore } from "#src/storage/device-settings.ts";
import type { ConnectionState, ConnectionStore } from "./connection-store.ts";
import type { SampleReader } from "./pictures/intake.ts";
import type { SheetServices } from "./sheet/open-sheet.ts";
import type { Workspace } from "./workspace.ts";

/** Everything that React's side reaches through context. */
export interface Services {
  sheets: SheetServices;
  workspace: Workspace;
  connections: ConnectionStore;
  settings: DeviceSettingsStore;
  /** Makes clients for the connection in use, or for another that is being tried. Loaded on first use. */
  clients: () => Promise<(connection?: Connection) => ServiceClient>;
  /** The pictures of the sample sheet, which are served beside the app. */
  samples: SampleReader;
  /**
   * Stops every tab's runs, closes what is kept and removes all of it from this device. The page shows the outcome.
   */
  erase: () => Promise<void>;
}

export const ServicesContext = createContext<Services | null>(null);

/** The services of the app. Throws outside its provider. */
export function useServices(): Services {
  const services = use(ServicesContext);
  if (services === null) throw new Error("ServicesContext is missing");
  return services;
}

/** A part of the connection's state. */
export function useConnection<Part>(selector: (state: ConnectionState) => Part): Part {
  return useStore(useServices().connections.store, selector);
}

/** The purse that a run started now would be paid from; the service's own before a connection is known. */
export function usePurse(): Purse {
  return useConnection(({ connection }) => (connection === null ? "runware" : purseOf(connection)));
}

/** One of the things this device remembers, and how to change it. */
export function useSetting<Name extends keyof DeviceSettings>(
  name: Name,
): [DeviceSettings[Name], (value: DeviceSettings[Name]) => void] {
  const { settings } = useServices();
  const value = useSyncExternalStore(settings.subscribe, () => settings.read()[name]);
  return [value, (changed) => settings.change({ [name]: changed })];
}
