import { queryOptions } from "@tanstack/react-query";
import type { ServiceClient } from "#src/api/create-service-client.ts";

const BALANCE_TIMEOUT_MS = 15_000;

/** What is left on the account behind a connection; null if the service does not say. */
export function balanceQuery(client: ServiceClient) {
  return queryOptions({
    queryKey: ["balance", client.connection],
    queryFn: ({ signal }) => client.balance({ signal, timeoutMs: BALANCE_TIMEOUT_MS }),
    retry: false,
    staleTime: 30_000,
  });
}
