import { useSyncExternalStore } from "react";
import type { DeviceSettings } from "#src/storage/device-settings.ts";
import { useServices } from "./services.ts";

/** One of the settings that this device remembers beside its sheets. */
export function useSetting<Name extends keyof DeviceSettings>(name: Name): DeviceSettings[Name] {
  const { settings } = useServices();
  return useSyncExternalStore(settings.subscribe, () => settings.read()[name]);
}
