import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { CHECK_LABELS } from "#src/domain/checks/checks.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import type { Listing } from "#src/features/caption/listing/listing.ts";
import { useCaptionView } from "#src/features/caption/view-state.ts";
import { report } from "#src/sheet/tell.ts";
import { Button } from "#src/ui/button.tsx";
import { countMendable, previewFixes, type FixScope } from "./fix-all.ts";
import { grouped } from "#src/lib/counted.ts";

interface FixButtonProps {
  desk: Desk;
  scope: FixScope;
  /** Of the preview. */
  title: string;
  label?: string | undefined;
  children: ReactNode;
}

/** Shows what mending would change; whoever leaves meanwhile is shown nothing. */
export function FixButton({ desk, scope, title, label, children }: FixButtonProps) {
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => () => leaving.current?.abort(), []);
  const [isBusy, setBusy] = useState(false);
  return (
    <Button
      look="mini"
      aria-label={label}
      aria-busy={isBusy}
      // It keeps the focus, which a disabled one would lose.
      aria-disabled={isBusy}
      className="aria-busy:cursor-progress aria-busy:opacity-60"
      onClick={() => {
        if (isBusy) return;
        const { signal } = (leaving.current = new AbortController());
        setBusy(true);
        report(
          previewFixes(desk, scope, { title, signal })
            .catch((error: unknown) => {
              if (!signal.aborted) throw error;
            })
            .finally(() => setBusy(false)),
        );
      }}
    >
      {children}
    </Button>
  );
}

/** Mends the problems that are filtered by, in all that is shown. */
export function FixShown({ desk, listing }: { desk: Desk; listing: Listing }) {
  const filters = useCaptionView((state) => state.filters);
  const { ids, problems } = listing;
  const checks = useMemo(() => {
    const isAny = filters.some((filter) => filter.kind === "problem" && filter.is === "any");
    if (isAny) return "all" as const;
    return filters.flatMap((filter) => {
      if (filter.kind !== "problem") return [];
      const { is } = filter;
      return is === "any" || is === "failed" || is === "refused" || is === "unsettled" ? [] : [is];
    });
  }, [filters]);
  const scope = useMemo(() => ({ ids, checks, fieldId: null }), [ids, checks]);
  const count = useMemo(
    () => (checks.length === 0 ? 0 : countMendable(problems, scope)),
    [problems, scope, checks],
  );
  if (count === 0) return null;
  const [only] = checks === "all" ? [] : checks;
  const title = only === undefined || checks.length > 1 ? "Fix what is shown" : CHECK_LABELS[only];
  return (
    <FixButton desk={desk} scope={scope} title={title}>
      Fix {count === 1 ? "it" : `all ${grouped(count)}`}…
    </FixButton>
  );
}

/** Mends what can be mended in the selected images. */
export function FixSelected({ desk, listing }: { desk: Desk; listing: Listing }) {
  const selected = useCaptionView((state) => state.selected);
  const { problems } = listing;
  const scope = useMemo(
    () => ({ ids: selected, checks: "all", fieldId: null }) as const,
    [selected],
  );
  const count = useMemo(() => countMendable(problems, scope), [problems, scope]);
  if (count === 0) return null;
  return (
    <FixButton desk={desk} scope={scope} title="Fix what is selected">
      Fix {grouped(count)}…
    </FixButton>
  );
}
