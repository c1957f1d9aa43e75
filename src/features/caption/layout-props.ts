import type { Desk } from "./desk.ts";
import type { Standings } from "./list/standing.ts";
import type { Listing } from "./listing/listing.ts";

/** What every layout shows, each in its way. */
export interface LayoutProps {
  listing: Listing;
  standings: Standings;
  scroller: HTMLElement;
  desk: Desk;
}
