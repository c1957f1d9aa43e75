import { useStore } from "zustand";
import { purseOf, type Purse } from "#src/domain/connection.ts";
import type { ConnectionState } from "./connection-store.ts";
import { useServices } from "./services.ts";

/** A part of the connection's state. */
export function useConnection<Part>(selector: (state: ConnectionState) => Part): Part {
  return useStore(useServices().connections.store, selector);
}

/** The purse that a run started now would be paid from; the service's own before a connection is known. */
export function usePurse(): Purse {
  return useConnection(({ connection }) => (connection === null ? "runware" : purseOf(connection)));
}
