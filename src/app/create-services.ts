import type { ServiceClient } from "#src/api/create-service-client.ts";
import type { Connection } from "#src/domain/connection.ts";
import type { FetchLike } from "#src/lib/fetch-like.ts";
import { loadOnce } from "#src/lib/load-once.ts";
import { type ConnectionStore, createConnectionStore } from "#src/state/connection-store.ts";
import type { Services } from "#src/state/services.ts";
import type { SheetServices } from "#src/state/sheet/open-sheet.ts";
import { createUndoStack } from "#src/state/history/undo-stack.ts";
import { createWorkspace } from "#src/state/workspace.ts";
import {
  createDeviceSettings,
  createKeyStore,
  type DeviceSettingsStore,
  type KeyStore,
} from "#src/storage/device-settings.ts";
import type { DatabaseOptions } from "#src/storage/database.ts";
import { keepsNothing, lateMemoryStorage, lateStorage } from "#src/storage/late-storage.ts";
import { firstPaint } from "./first-paint.ts";
import { openPurgeChannel, openSheetChannel } from "./open-sheet-channel.ts";
import type { ErasePhase } from "./erasing.ts";
import { readProxyList } from "#src/contract/proxy-list.ts";

const PROBE_TIMEOUT_MS = 5000;

// The only place that passes on the browser's own fetch and storages.
const browserFetch: FetchLike = (url, init) => fetch(url, init);

/**
 * Puts the app together. Rejects with storage's FailureError if the browser gives no database. On a device that keeps
 * nothing yet the database is opened after the first paint, and the workspace reports a failure.
 */
export async function createServices(
  showErase: (phase: ErasePhase) => void,
  onStorage: Pick<DatabaseOptions, "onBlocked" | "onClosed">,
): Promise<Services & { isNewDevice: boolean }> {
  const now = (): number => Date.now();
  const settings = createDeviceSettings(localStorage);
  const keys = createKeyStore({ tab: sessionStorage, device: localStorage });
  const connections = createConnections(settings, keys);
  const clients = loadOnce(() => loadClients(connections, keys));
  const isNewDevice = await keepsNothing();
  const openDisk = loadOnce(async () => {
    if (isNewDevice) await firstPaint;
    const { openDiskStorage } = await import("#src/storage/disk-storage.ts");
    return openDiskStorage({ now, ...onStorage });
  });
  const openMemory = loadOnce(async () =>
    (await import("#src/storage/memory-storage.ts")).createMemoryStorage(now),
  );
  if (!isNewDevice) await openDisk();
  const storages = { disk: lateStorage("disk", openDisk), memory: lateMemoryStorage(openMemory) };
  const preparer = loadOnce(async () =>
    (await import("#src/images/create-browser-image-preparer.ts")).createBrowserImagePreparer(),
  );
  const engine = loadOnce(async () => {
    const [{ loadEngine }, client] = await Promise.all([
      import("./load-engine.ts"),
      clients(),
      connections.settled(),
    ]);
    return loadEngine({
      storageOf: (sheetId) => storages[workspace.keepingOf(sheetId)],
      client,
      onConnectionChange: (listener) => onConnectionChange(connections, listener),
      preparer,
      findSheet: (sheetId) => workspace.find(sheetId)?.store.getState().sheet ?? null,
    });
  });
  const sheets: SheetServices = {
    storages,
    preparer,
    engine,
    openChannel: openSheetChannel,
    purges: openPurgeChannel(),
    undo: createUndoStack(now),
    lastFields: {
      read: async () => {
        const stored = settings.read().lastFields;
        if (stored === null) return null;
        return (await import("#src/state/sheet/last-fields.ts")).parseLastFields(stored);
      },
      keep: (lastFields) => settings.change({ lastFields }),
    },
    now,
    newId: () => crypto.randomUUID(),
  };
  const workspace = createWorkspace(sheets);
  for (const leaving of ["visibilitychange", "pagehide"])
    addEventListener(leaving, workspace.keepTyped);
  const letGo = async (): Promise<void> => {
    keys.forget();
    workspace.close();
    // If nothing ran, it was never loaded.
    await engine.made()?.then((loaded) => loaded.stop());
    storages.disk.close();
    storages.memory.close();
  };
  // Listens to other tabs, which may erase what this one holds open.
  const erasing = loadOnce(async () =>
    (await import("./erasing.ts")).createErasing(letGo, showErase),
  );
  firstPaint.then(erasing).catch(() => undefined);
  // The page may go away right after the first letter, and then there is no time to load what keeps it.
  firstPaint.then(() => import("#src/state/history/changes.ts")).catch(() => undefined);
  return {
    isNewDevice,
    sheets,
    workspace,
    connections,
    settings,
    clients,
    samples: async (signal) => {
      const { createSampleReader } = await import("#src/state/pictures/intake.ts");
      return createSampleReader(browserFetch, new URL("samples/", document.baseURI).href)(signal);
    },
    erase: async () => (await erasing())(),
  };
}

function onConnectionChange({ store }: ConnectionStore, listener: () => void): () => void {
  return store.subscribe(({ connection }, before) => {
    if (connection !== before.connection) listener();
  });
}

function createConnections(settings: DeviceSettingsStore, keys: KeyStore): ConnectionStore {
  return createConnectionStore({
    keys,
    readChoice: () => settings.read().connection,
    writeChoice: (connection) => settings.change({ connection }),
    probe: async (baseUrl) => {
      const { probeProxy } = await import("#src/api/probe-proxy.ts");
      return probeProxy(browserFetch, baseUrl, {
        signal: new AbortController().signal,
        timeoutMs: PROBE_TIMEOUT_MS,
      });
    },
    homeUrl: new URL("api", document.baseURI).href,
    builtInProxies: builtInProxies(),
  });
}

async function loadClients(
  connections: ConnectionStore,
  keys: KeyStore,
): Promise<(connection?: Connection) => ServiceClient> {
  const { createServiceClient } = await import("#src/api/create-service-client.ts");
  return (connection) =>
    createServiceClient({
      connection: connection ?? connections.store.getState().connection ?? { kind: "direct" },
      key: keys.read,
      fetch: browserFetch,
      isOnline: () => navigator.onLine,
      now: () => Date.now(),
      newUuid: () => crypto.randomUUID(),
    });
}

/** Base addresses of the proxies that a build for a static host got from VITE_PROXY_URLS. */
function builtInProxies(): readonly string[] {
  const listed: unknown = import.meta.env["VITE_PROXY_URLS"];
  return typeof listed === "string" ? (readProxyList(listed) ?? []) : [];
}
