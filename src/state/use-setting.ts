import { useSyncExternalStore } from "react";
import type { DeviceSettings } from "#src/storage/device-settings.ts";
import { useServices } from "./services.ts";

/** One of the things this device remembers, and how to change it. */
export function useSetting<Name extends keyof DeviceSettings>(
  name: Name,
): [DeviceSettings[Name], (value: DeviceSettings[Name]) => void] {
  const { settings } = useServices();
  const value = useSyncExternalStore(settings.subscribe, () => settings.read()[name]);
  return [value, (changed) => settings.change({ [name]: changed })];
}
