import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import { useServices } from "./services.ts";

/** What a person prefers on this device, whatever the sheet. */
export interface Preferences {
  theme: "system" | "light" | "dark";
  /** Whether single characters act as shortcuts. */
  singleKeysOn: boolean;
  /** Whether a run's end is told by a system notification. */
  notifyAtEnd: boolean;
  /** Whether the machine is kept awake while a run goes on. */
  keepAwake: boolean;
}

export interface PreferencesPort {
  read: () => Preferences;
  write: (preferences: Preferences) => void;
}

export interface PreferenceStore {
  store: StoreApi<Preferences>;
  change: (changes: Partial<Preferences>) => void;
}

/** What holds until a person says otherwise. */
export const DEFAULT_PREFERENCES: Preferences = {
  theme: "system",
  singleKeysOn: true,
  notifyAtEnd: false,
  keepAwake: false,
};

/** The preferences as a store: read once, kept with every change. */
export function createPreferenceStore(port: PreferencesPort): PreferenceStore {
  const store = createStore<Preferences>(() => port.read());
  return {
    store,
    change: (changes) => {
      store.setState(changes);
      port.write(store.getState());
    },
  };
}

/** A part of the preferences. */
export function usePreference<Name extends keyof Preferences>(name: Name): Preferences[Name] {
  return useStore(useServices().preferences.store, (preferences) => preferences[name]);
}
