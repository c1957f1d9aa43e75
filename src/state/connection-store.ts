import { createStore, type StoreApi } from "zustand/vanilla";
import type { ProxyFacts } from "#src/api/probe-proxy.ts";
import type { Connection } from "#src/domain/connection.ts";
import type { DeviceSettings, KeyPlace, KeyStore } from "#src/storage/device-settings.ts";

/** What the user chose; "auto" is this server if it answers, otherwise direct. */
export type ConnectionChoice = DeviceSettings["connection"];

// Features read stored types through state.
export type { KeyPlace };

export interface ConnectionState {
  choice: ConnectionChoice;
  /** Null while the app checks who is there. */
  connection: Connection | null;
  /** True if the chosen proxy did not answer: `connection` is then the last known one, or direct. */
  unreachable: boolean;
  /** Where the user's key is kept; null if there is none. The key itself is in no state. */
  keyPlace: KeyPlace | null;
  /** Base addresses the user may choose: this server's if it has an API, then the operator's. */
  proxies: readonly string[];
}

export interface ConnectionPorts {
  keys: KeyStore;
  readChoice: () => ConnectionChoice;
  writeChoice: (choice: ConnectionChoice) => void;
  /** Null if what answers is not our API, or nothing answers. */
  probe: (baseUrl: string) => Promise<ProxyFacts | null>;
  /** Base address of the API beside this page, without a trailing slash. */
  homeUrl: string;
  /** Base addresses that were built in, for static hosts. */
  builtInProxies: readonly string[];
}

export interface ConnectionStore {
  store: StoreApi<ConnectionState>;
  /** Checks who is there, and settles on a connection. */
  start: () => Promise<void>;
  /** Resolves once there is a connection. */
  settled: () => Promise<void>;
  choose: (choice: ConnectionChoice) => Promise<void>;
  keepKey: (key: string, place: KeyPlace) => void;
  /** Keeps the key in use somewhere else, and only there; does nothing if there is none. */
  moveKey: (place: KeyPlace) => void;
  forgetKey: () => void;
}

/** Which connection is in use. Reads and keeps the choice; the key goes directly to its port. */
export function createConnectionStore(ports: ConnectionPorts): ConnectionStore {
  const store = createStore<ConnectionState>(() => ({
    choice: ports.readChoice(),
    connection: null,
    unreachable: false,
    keyPlace: ports.keys.place(),
    proxies: ports.builtInProxies,
  }));
  const settle = async (
    choice: ConnectionChoice,
    probe: ConnectionPorts["probe"] = ports.probe,
  ): Promise<void> => {
    const found = await findConnection(choice, { ...ports, probe });
    // A later choice takes precedence over an earlier one that took longer to answer.
    if (store.getState().choice === choice) store.setState(found);
  };
  return {
    store,
    start: async () => {
      const home = await ports.probe(ports.homeUrl);
      store.setState({
        proxies: [
          ...new Set([
            ...(home === null ? [] : [ports.homeUrl, ...home.proxies]),
            ...ports.builtInProxies,
          ]),
        ],
      });
      // The server beside the page has just said what it is, so it is not asked twice.
      await settle(store.getState().choice, async (baseUrl) =>
        baseUrl === ports.homeUrl ? home : ports.probe(baseUrl),
      );
    },
    settled: () =>
      new Promise((resolve) => {
        if (store.getState().connection !== null) return resolve();
        const stop = store.subscribe(({ connection }) => {
          if (connection === null) return;
          stop();
          resolve();
        });
      }),
    choose: async (choice) => {
      ports.writeChoice(choice);
      store.setState({ choice });
      await settle(choice);
    },
    moveKey: (place) => {
      const key = ports.keys.read();
      if (key === null) return;
      ports.keys.keep(key, place);
      store.setState({ keyPlace: ports.keys.place() });
    },
    keepKey: (key, place) => {
      ports.keys.keep(trimKey(key), place);
      store.setState({ keyPlace: ports.keys.place() });
    },
    forgetKey: () => {
      ports.keys.forget();
      store.setState({ keyPlace: null });
    },
  };
}

/** A pasted key without the white space and quotes that come along. */
export function trimKey(pasted: string): string {
  return pasted
    .trim()
    .replaceAll(/^["'“”‘’`]+|["'“”‘’`]+$/g, "")
    .trim();
}

async function findConnection(
  choice: ConnectionChoice,
  ports: ConnectionPorts,
): Promise<Pick<ConnectionState, "connection" | "unreachable">> {
  if (choice.kind === "direct") return { connection: { kind: "direct" }, unreachable: false };
  const baseUrl = choice.kind === "proxy" ? choice.baseUrl : ports.homeUrl;
  const found = await ports.probe(baseUrl);
  if (found !== null) {
    const { upstream } = found;
    return { connection: { kind: "proxy", baseUrl, upstream }, unreachable: false };
  }
  if (choice.kind === "auto") return { connection: { kind: "direct" }, unreachable: false };
  // Its purse is unknown while it is silent. The real one is the safe guess, since its sums are never mixed with the
  // sandbox's.
  return { connection: { kind: "proxy", baseUrl, upstream: "runware" }, unreachable: true };
}
