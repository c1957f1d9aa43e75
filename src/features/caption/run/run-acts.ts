import type { Desk } from "#src/features/caption/desk.ts";
import type { Act } from "#src/ui/acts.ts";
import { primaryRun } from "./primary-run.ts";
import { countOf, type RunScope } from "./run-scope.ts";

const GROUP = "Run";

/**
 * What the run button and the menu beside it do; a part of Caption’s table, since an empty sheet shows them already.
 */
export const RUN_ACTS = {
  run: {
    id: "caption.run",
    label: "Run",
    keys: ["$mod+Enter"],
    group: GROUP,
    whileTyping: true,
    isEnabled: (desk) => primaryRun(desk.standings(), desk.view.getState().selected).count > 0,
    run: (desk) => desk.runPrimary(),
  },
  one: { id: "caption.run-one", label: "Try one first", ...scoped("one") },
  missing: { id: "caption.run-missing", label: "Run what is missing", ...scoped("missing") },
  selected: { id: "caption.run-selected", label: "Run the selected", ...scoped("selected") },
  all: { id: "caption.run-all", label: "Run all again", ...scoped("all") },
  failed: { id: "caption.run-failed", label: "Retry failed", ...scoped("failed") },
  unsettled: {
    id: "caption.run-unsettled",
    label: "Send the unsettled again",
    ...scoped("unsettled"),
  },
  reuse: {
    id: "caption.reuse",
    label: "Use answers this device already has",
    keys: [],
    group: GROUP,
    isChecked: ({ view }) => view.getState().reuses,
    run: ({ view }) => view.setState(({ reuses }) => ({ reuses: !reuses })),
  },
} satisfies Record<string, Act<Desk>>;

function scoped(scope: RunScope) {
  return {
    keys: [],
    group: GROUP,
    isEnabled: (desk: Desk) => countOf(scope, desk.standings(), desk.view.getState().selected) > 0,
    run: (desk: Desk) => desk.run(scope),
  };
}
