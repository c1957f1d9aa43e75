import { QueryClient } from "@tanstack/react-query";

/** The cache of what remote services said about themselves. */
export function createQueries(): QueryClient {
  return new QueryClient();
}
