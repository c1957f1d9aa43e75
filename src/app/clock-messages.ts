/** What the page asks of the clock worker; it answers with the id alone, once, when the time has come. */
export type ClockRequest =
  | { type: "set"; id: number; milliseconds: number }
  | { type: "clear"; id: number };
