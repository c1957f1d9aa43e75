import { useMemo } from "react";
import { CHECK_LABELS } from "#src/domain/checks/checks.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import type { Listing } from "#src/features/caption/listing/listing.ts";
import { useCaptionView } from "#src/features/caption/view-state.ts";
import { Button } from "#src/ui/button.tsx";
import { fixesOf, isMendable, previewFixes } from "./fix-all.ts";

/** Mends the problems that are filtered by, in all that is shown. */
export function FixShown({ desk, listing }: { desk: Desk; listing: Listing }) {
  const filters = useCaptionView((state) => state.filters);
  const checks = useMemo(() => {
    const isAny = filters.some((filter) => filter.kind === "problem" && filter.is === "any");
    if (isAny) return "all" as const;
    return filters.flatMap((filter) => {
      if (filter.kind !== "problem") return [];
      const { is } = filter;
      return is === "any" || is === "failed" || is === "refused" || is === "unsettled" ? [] : [is];
    });
  }, [filters]);
  const { ids, problems } = listing;
  const changes = useMemo(() => {
    if (checks !== "all" && !checks.some(isMendable)) return [];
    const standings = desk.standings();
    return fixesOf({ problems, standings }, { ids, checks, fieldId: null });
  }, [desk, ids, problems, checks]);
  if (changes.length === 0) return null;
  const [only] = checks === "all" ? [] : checks;
  const what = only === undefined || checks.length > 1 ? "Fix what is shown" : CHECK_LABELS[only];
  return (
    <Button look="mini" onClick={() => previewFixes(desk, changes, what)}>
      Fix {changes.length === 1 ? "it" : `all ${changes.length.toLocaleString("en-US")}`}…
    </Button>
  );
}

/** Mends what can be mended in the selected images. */
export function FixSelected({ desk, listing }: { desk: Desk; listing: Listing }) {
  const selected = useCaptionView((state) => state.selected);
  const { problems } = listing;
  const hasProblem = useMemo(
    () =>
      [...selected].some((id) => (problems.get(id) ?? []).some(({ check }) => isMendable(check))),
    [selected, problems],
  );
  if (!hasProblem) return null;
  return (
    <Button
      look="mini"
      onClick={() =>
        previewFixes(
          desk,
          fixesOf(
            { problems, standings: desk.standings() },
            { ids: selected, checks: "all", fieldId: null },
          ),
          "Fix what is selected",
        )
      }
    >
      Fix problems…
    </Button>
  );
}
