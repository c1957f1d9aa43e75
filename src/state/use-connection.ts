import { useStore } from "zustand";
import type { ConnectionState } from "./connection-store.ts";
import { useServices } from "./services.ts";

/** A part of the connection's state. */
export function useConnection<Part>(selector: (state: ConnectionState) => Part): Part {
  return useStore(useServices().connections.store, selector);
}
