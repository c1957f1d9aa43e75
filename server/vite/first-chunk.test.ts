import { expect, test } from "vitest";
import { nameFirstChunk } from "./first-chunk.ts";

/** Who imports whom statically. Main is the page's own script, and loads the dialog on demand. */
const IMPORTERS: Record<string, readonly string[]> = {
  "/app/src/main.tsx": [],
  "/app/src/header.tsx": ["/app/src/main.tsx", "/app/src/ring.ts"],
  "/app/src/ring.ts": ["/app/src/header.tsx"],
  "/app/src/button.tsx": ["/app/src/dialog.tsx", "/app/src/header.tsx"],
  "/app/src/dialog.tsx": [],
  "/app/src/chart.tsx": ["/app/src/dialog.tsx"],
};

const graph = {
  getModuleInfo: (id: string) => {
    const importers = IMPORTERS[id];
    return importers === undefined ? null : { isEntry: id === "/app/src/main.tsx", importers };
  },
};

test.each([
  ["/app/src/main.tsx", "first"],
  ["/app/src/ring.ts", "first"],
  ["/app/src/button.tsx", "first"],
  ["/app/src/dialog.tsx", null],
  ["/app/src/chart.tsx", null],
  ["/app/node_modules/react-dom/client.js", "first"],
  ["/app/node_modules/lucide-react/dist/esm/createLucideIcon.mjs", "first"],
  ["/app/node_modules/lucide-react/dist/esm/icons/x.mjs", null],
  ["/app/node_modules/valibot/dist/index.mjs", null],
])("%s goes to the chunk %s", (id, name) => {
  expect(nameFirstChunk(id, graph)).toBe(name);
});
