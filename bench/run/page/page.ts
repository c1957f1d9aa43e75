import { runBare } from "./run-bare.ts";
import { runEngine } from "./run-engine.ts";
import { seedSheet } from "./seed-sheet.ts";
import { seedShown } from "./seed-shown.ts";

const bench = { seedSheet, seedShown, runBare, runEngine };

declare global {
  interface Window {
    bench: typeof bench;
    /** What a page noted about itself while it was watched, in milliseconds. */
    watched: { tasksMs: number[]; typingMs: number[]; framesMs: number[] };
  }
}

window.bench = bench;
