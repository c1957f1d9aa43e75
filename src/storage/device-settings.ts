/** The part of localStorage and sessionStorage that is used here. */
export interface TextStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Where a key is kept: until the page closes, until the tab closes, or on the device. */
export type KeyPlace = "memory" | "tab" | "device";

/** What this device remembers besides its sheets. */
export interface DeviceSettings {
  theme: "system" | "light" | "dark";
  connection: { kind: "auto" } | { kind: "direct" } | { kind: "proxy"; baseUrl: string };
  /** Single-letter shortcuts. */
  letterKeys: boolean;
  /** A notification when a run ends. */
  notifyAtEnd: boolean;
  /** Keep the machine awake while a run is under way. */
  keepAwake: boolean;
  /** The name that judgements are signed with; empty for none. */
  reviewer: string;
  lastSheetId: string | null;
  /** The fields that Caption asked for last, as they were stored: whoever reads them parses them. */
  lastFields: unknown;
}

export interface DeviceSettingsStore {
  /** The same object until something changes. */
  read: () => DeviceSettings;
  /** Kept for this page even if the browser refuses to store it. */
  change: (settings: Partial<DeviceSettings>) => void;
  subscribe: (listener: () => void) => () => void;
}

export interface KeyStore {
  read: () => string | null;
  place: () => KeyPlace | null;
  /** Replaces the key wherever it was kept before. */
  keep: (key: string, place: KeyPlace) => void;
  forget: () => void;
}

const SETTINGS_NAME = "contact-sheet.settings";
const KEY_NAME = "contact-sheet.key";

const DEFAULTS: DeviceSettings = {
  theme: "system",
  connection: { kind: "auto" },
  letterKeys: true,
  notifyAtEnd: false,
  keepAwake: false,
  reviewer: "",
  lastSheetId: null,
  lastFields: null,
};

/**
 * Small settings, kept on this device. Never rejects and never throws: if a browser stores nothing, the defaults apply.
 */
export function createDeviceSettings(local: TextStore): DeviceSettingsStore {
  const listeners = new Set<() => void>();
  let current = parse(attempt(() => local.getItem(SETTINGS_NAME)));
  return {
    read: () => current,
    change: (settings) => {
      current = { ...current, ...settings };
      attempt(() => local.setItem(SETTINGS_NAME, JSON.stringify(current)));
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The user's own key. It is in one place at a time, and in no log, error or setting. */
export function createKeyStore(places: { tab: TextStore; device: TextStore }): KeyStore {
  let inMemory: string | null = null;
  const readFrom = (place: TextStore): string | null => attempt(() => place.getItem(KEY_NAME));
  const forget = (): void => {
    inMemory = null;
    for (const place of [places.tab, places.device]) attempt(() => place.removeItem(KEY_NAME));
  };
  return {
    read: () => inMemory ?? readFrom(places.tab) ?? readFrom(places.device),
    place: () => {
      if (readFrom(places.tab) !== null) return "tab";
      if (readFrom(places.device) !== null) return "device";
      return inMemory === null ? null : "memory";
    },
    keep: (key, place) => {
      forget();
      if (place === "memory") inMemory = key;
      else attempt(() => places[place].setItem(KEY_NAME, key));
      // If a browser refuses to store it, the page still has it as long as it is open.
      if (place !== "memory" && readFrom(places[place]) !== key) inMemory = key;
    },
    forget,
  };
}

// Parsed by hand, since the first paint needs it and can't wait for a schema library. Each setting falls back
// separately: one that is damaged or new does not reset the others.
function parse(text: string | null): DeviceSettings {
  const stored: unknown = attempt(() => JSON.parse(text ?? "null"));
  const { theme, reviewer, lastSheetId, lastFields, ...rest } = fieldsOf(stored);
  const flag = (name: "letterKeys" | "notifyAtEnd" | "keepAwake"): boolean => {
    const value = rest[name];
    return typeof value === "boolean" ? value : DEFAULTS[name];
  };
  return {
    theme: theme === "light" || theme === "dark" ? theme : DEFAULTS.theme,
    connection: parseConnection(fieldsOf(rest["connection"])),
    letterKeys: flag("letterKeys"),
    notifyAtEnd: flag("notifyAtEnd"),
    keepAwake: flag("keepAwake"),
    reviewer: typeof reviewer === "string" ? reviewer : DEFAULTS.reviewer,
    lastSheetId: typeof lastSheetId === "string" ? lastSheetId : DEFAULTS.lastSheetId,
    lastFields: lastFields ?? DEFAULTS.lastFields,
  };
}

function parseConnection({ kind, baseUrl }: Fields): DeviceSettings["connection"] {
  if (kind === "proxy" && typeof baseUrl === "string") return { kind, baseUrl };
  return kind === "direct" ? { kind } : DEFAULTS.connection;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

// Blocked storage throws on every access, private windows on writing.
function attempt<Result>(step: () => Result): Result | null {
  try {
    return step();
  } catch {
    return null;
  }
}
