import { QueryClient } from "@tanstack/react-query";

/** The cache of what remote things said of themselves. */
export function createQueries(): QueryClient {
  return new QueryClient();
}
