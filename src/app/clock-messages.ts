/** What the page asks the clock worker for; it answers once with only the id, when the time has come. */
export type ClockRequest =
  | { type: "set"; id: number; milliseconds: number }
  | { type: "clear"; id: number };
