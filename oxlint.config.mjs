import { readdirSync } from "node:fs";
import { defineConfig } from "oxlint";

/** Who may import whom inside src: a folder may import the folders in its row and itself, nothing else. */
const MAY_IMPORT = {
  lib: [],
  contract: [],
  domain: ["lib"],
  catalog: ["domain", "lib"],
  statistics: ["domain", "lib"],
  images: ["domain", "lib"],
  storage: ["domain", "lib"],
  api: ["contract", "domain", "lib"],
  runs: ["domain", "catalog", "lib"],
  exports: ["domain", "catalog", "lib"],
  imports: ["domain", "catalog", "images", "lib"],
  state: [
    "runs",
    "api",
    "images",
    "storage",
    "exports",
    "imports",
    "statistics",
    "domain",
    "catalog",
    "lib",
  ],
  ui: ["lib"],
  sheet: ["state", "ui", "domain", "catalog", "lib"],
};
const PLAIN_TYPESCRIPT = Object.keys(MAY_IMPORT).filter(
  (folder) => !["state", "ui", "sheet"].includes(folder),
);
const FEATURE_ROW = [
  "sheet",
  "state",
  "ui",
  "exports",
  "imports",
  "statistics",
  "domain",
  "catalog",
  "lib",
];
// What a workplace gives away it hands to this one; no other feature is known to a feature.
const TAKING_AWAY = "features/taking-away";
for (const feature of readdirSync(new URL("./src/features", import.meta.url))) {
  MAY_IMPORT[`features/${feature}`] = [...FEATURE_ROW, TAKING_AWAY];
}
MAY_IMPORT.app = Object.keys(MAY_IMPORT);
const SERVER_MAY_IMPORT = ["contract", "domain", "catalog", "lib"];

const folders = Object.keys(MAY_IMPORT);
const noParentPaths = {
  regex: "^\\.\\./",
  message: "Across folders write #src/…; use ./ only inside one.",
};
const noReact = {
  regex: "^(react|react-dom|zustand|@tanstack)(/|$)",
  message: "This folder is plain TypeScript.",
};
const noLazy = {
  name: "react",
  importNames: ["lazy"],
  message: "It keeps a failed import for ever: use lazyPart from src/ui/lazy-part.tsx.",
};
const noFetch = {
  name: "fetch",
  message: "Take a FetchLike; only app/create-services.ts passes the global.",
};
const noStorage = ["localStorage", "sessionStorage", "indexedDB"].map((name) => ({
  name,
  message: "Use src/storage.",
}));

function boundary(folder, allowed) {
  const forbidden = folders.filter((other) => other !== folder && !allowed.includes(other));
  return {
    files: [`src/${folder}/**`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [noLazy],
          patterns: [
            noParentPaths,
            {
              regex: `^#(server/|src/(${forbidden.join("|")})/)`,
              message: `${folder} may import: ${allowed.join(", ") || "nothing"}.`,
            },
            ...(PLAIN_TYPESCRIPT.includes(folder) ? [noReact] : []),
          ],
        },
      ],
    },
  };
}

export default defineConfig({
  plugins: ["typescript", "import", "react", "unicorn", "oxc", "jsx-a11y"],
  categories: { correctness: "error", suspicious: "error" },
  options: { typeAware: true },
  ignorePatterns: ["dist", "node_modules"],
  rules: {
    "import/no-cycle": ["error", { ignoreTypes: false }],
    "import/no-default-export": "error",
    "import/no-unassigned-import": [
      "error",
      { allow: ["**/*.css", "fake-indexeddb/auto", "**/check-node.mjs"] },
    ],
    "typescript/consistent-type-imports": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-floating-promises": ["error", { ignoreVoid: false }],
    "typescript/no-misused-promises": "error",
    "no-void": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/no-unsafe-type-assertion": "error",
    "typescript/switch-exhaustiveness-check": "error",
    "unicorn/filename-case": ["error", { case: "kebabCase" }],
    // The compiler makes sure that an exhaustive switch returns on every path.
    "typescript/consistent-return": "off",
    "unicorn/consistent-function-scoping": "off",
    "unicorn/require-post-message-target-origin": "off",
    "react/react-in-jsx-scope": "off",
    "react/exhaustive-deps": "error",
    "no-console": ["error", { allow: ["warn", "error"] }],
    "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
    "max-params": ["error", { max: 3 }],
    "max-lines-per-function": ["error", { max: 120, skipBlankLines: true, skipComments: true }],
    "no-restricted-imports": ["error", { patterns: [noParentPaths] }],
    "no-restricted-globals": ["error", noFetch, ...noStorage],
    "no-restricted-properties": [
      "error",
      { object: "window", property: "fetch" },
      { object: "globalThis", property: "fetch" },
    ],
  },
  overrides: [
    ...Object.entries(MAY_IMPORT).map(([folder, allowed]) => boundary(folder, allowed)),
    {
      files: ["server/**"],
      rules: {
        "no-restricted-imports": [
          "error",
          {
            patterns: [
              noParentPaths,
              {
                regex: `^#src/(${folders.filter((folder) => !SERVER_MAY_IMPORT.includes(folder)).join("|")})/`,
                message: `server may import: ${SERVER_MAY_IMPORT.join(", ")}.`,
              },
            ],
          },
        ],
      },
    },
    { files: ["src/storage/**"], rules: { "no-restricted-globals": ["error", noFetch] } },
    {
      files: ["src/app/create-services.ts", "server/main.ts"],
      rules: { "no-restricted-globals": "off" },
    },
    {
      files: ["**/*.test.ts", "**/*.test.tsx", "e2e/**", "bench/**", "scripts/**"],
      rules: {
        "no-restricted-imports": "off",
        "no-restricted-globals": "off",
        "no-restricted-properties": "off",
        "max-lines-per-function": "off",
        "typescript/no-floating-promises": ["error", { ignoreVoid: true }],
        "typescript/no-misused-promises": "off",
        "no-void": "off",
        "max-params": "off",
        "no-console": "off",
      },
    },
    {
      files: [
        "*.config.ts",
        "*.config.mjs",
        "tailwind.config.js",
        "e2e/fixtures/choose-browser.ts",
        "scripts/report-*.mjs",
      ],
      rules: { "import/no-default-export": "off" },
    },
  ],
});
