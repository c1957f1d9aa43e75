import { runBare } from "./run-bare.ts";
import { runEngine } from "./run-engine.ts";
import { seedSheet } from "./seed-sheet.ts";

declare global {
  interface Window {
    bench: { seedSheet: typeof seedSheet; runBare: typeof runBare; runEngine: typeof runEngine };
  }
}

window.bench = { seedSheet, runBare, runEngine };
