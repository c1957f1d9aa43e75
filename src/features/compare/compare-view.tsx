import { counted } from "#src/lib/counted.ts";
import { useEffect, useMemo } from "react";
import { AddImages, EmptySheet } from "#src/sheet/add-images.tsx";
import { useServices } from "#src/state/services.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import {
  type CompareDesk,
  type Comparison,
  createCompareDesk,
  DeskContext,
  useDesk,
} from "./compare-desk.ts";
import { CompareGrid } from "./grid/compare-grid.tsx";
import { CompareRunBar } from "./compare-run-bar.tsx";
import { useCompareView } from "./view-state.ts";
import { rowDiffers } from "./grid/row-differences.ts";
import { COMPARE_ACTS } from "./actions.ts";
import { type CompareSettings, MOST_COLUMNS } from "#src/domain/compare-settings.ts";
import { replayFindings, voteCounts } from "./columns/column-facts.ts";
import { ShareMenu } from "#src/features/taking-away/comparison-menu.tsx";
import type { ImageId } from "#src/domain/image.ts";
import { useActs } from "#src/ui/acts.ts";
import { idsInWindow } from "./grid/grid-layout.ts";
import { navigateHash, readHashLocation, useHashLocation } from "#src/ui/hash-location.ts";
import { showToast } from "#src/ui/toasts.ts";
import { writeSetup } from "./columns/settings.ts";

const loadDialogs = () => import("./compare-dialogs.tsx");
const CompareDialogs = lazyPart(async () => (await loadDialogs()).CompareDialogs, {
  giveUp: ({ onClose }) => onClose(),
});

/**
 * Models and prompts side by side on the same pictures: what each says, costs and takes, and which the user prefers.
 */
export function CompareView() {
  const sheet = useOpenSheet();
  const { sheets } = useServices();
  const desk = useMemo(() => createCompareDesk(sheet, sheets), [sheet, sheets]);
  const comparison = useComparison(desk);
  // If the user left by the browser’s Back, a dialog is not open when they come back.
  useEffect(() => () => desk.open(null), [desk]);
  const hasDialog = useCompareView((state) => state.dialog !== null);
  useEffect(() => {
    // On a stage there may be no network, so what is presented and voted on must be loaded before it is wanted. If it
    // can't be loaded now, opening it asks again.
    loadDialogs().catch(() => undefined);
  }, []);
  return (
    <DeskContext value={desk}>
      <SetupLink settings={comparison.settings} />
      <div className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[minmax(0,1fr)_auto]">
        <section aria-label="Comparison" className="flex min-h-0 min-w-0 flex-col">
          <CompareBar comparison={comparison} />
          <Body comparison={comparison} />
        </section>
        <CompareRunBar comparison={comparison} />
      </div>
      {hasDialog && <CompareDialogs comparison={comparison} onClose={() => desk.open(null)} />}
    </DeskContext>
  );
}

/** What Compare shows of the open sheet. */
function useComparison(desk: CompareDesk): Comparison {
  const sheet = useSheet((state) => state.sheet);
  const order = useSheet((state) => state.order);
  const images = useSheet((state) => state.images);
  const tasks = useSheet((state) => state.tasks);
  const marks = useSheet((state) => state.marks);
  return useMemo(
    () => desk.comparisonOf({ sheet, order, images, tasks, marks }),
    [desk, sheet, order, images, tasks, marks],
  );
}

function Body({ comparison }: { comparison: Comparison }) {
  const { rows, columns } = comparison;
  const onlyDifferent = useCompareView((state) => state.onlyDifferent);
  const { view } = useDesk();
  const ids = useMemo(
    () =>
      [...rows.values()]
        .filter((row) => !onlyDifferent || rowDiffers(row))
        .map(({ image }) => image.id),
    [rows, onlyDifferent],
  );
  return (
    <>
      <GridKeys ids={ids} />
      <CompareGrid comparison={comparison} ids={ids}>
        {columns.length === 0 && (
          <p className="sticky left-0 p-8 text-center text-ink-2">
            There is no column: add one to ask about these pictures.
          </p>
        )}
        {rows.size === 0 && (
          <div className="sticky left-0 px-3 sm:px-5.5">
            <EmptySheet />
          </div>
        )}
        {rows.size > 0 && ids.length === 0 && (
          <div className="sticky left-0 py-16 text-center text-ink-2">
            <p className="mb-3">No row differs: all rows with answers say the same.</p>
            <Button onClick={() => view.setState({ onlyDifferent: false })}>Show all rows</Button>
          </div>
        )}
      </CompareGrid>
    </>
  );
}

const ACTS = Object.values(COMPARE_ACTS);

/** Makes Compare’s acts live: they act on the row that has the focus, among those that are listed. */
function GridKeys({ ids }: { ids: readonly ImageId[] }) {
  const desk = useDesk();
  const activate = (activeId: ImageId): void => desk.view.setState({ activeId });
  const activeIndex = (): number => ids.indexOf(desk.view.getState().activeId ?? "");
  // A key must not judge a row that nobody sees: if the one with the focus is scrolled away, it acts on the first in
  // the window.
  const imageId = (): ImageId | null => {
    const inWindow = idsInWindow().filter((id) => ids.includes(id));
    const known = inWindow.find((id) => id === ids[activeIndex()]) ?? inWindow[0] ?? null;
    if (known !== null) activate(known);
    return known;
  };
  const move = (by: 1 | -1) => {
    const next = ids[Math.min(ids.length - 1, Math.max(0, activeIndex() + by))];
    if (next !== undefined) activate(next);
  };
  useActs(ACTS, { desk, imageId, move });
  return null;
}

/** The line above the grid: how much there is, how it is voted on, and what can be done with all of it. */
function CompareBar({ comparison }: { comparison: Comparison }) {
  const desk = useDesk();
  const { rows, columns, settings } = comparison;
  const name = useSheet((state) => state.sheet.name);
  const onlyDifferent = useCompareView((state) => state.onlyDifferent);
  const isEmpty = rows.size === 0;
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-2 px-3 pt-3.5 pb-3 sm:px-5.5 sm:pt-4.5">
      <h2 className="max-w-full truncate text-title font-[650] tracking-[-0.015em]">{name}</h2>
      <p className="mr-auto text-xs text-ink-2">{countsText(comparison)}</p>
      {!isEmpty && (
        <>
          <AddImages />
          <Toggle
            pressed={onlyDifferent}
            onClick={() => desk.view.setState({ onlyDifferent: !onlyDifferent })}
          >
            Only where they differ
          </Toggle>
          <Toggle
            pressed={settings.blind}
            title={
              settings.blind
                ? "Switching this off shows every name: what you see then is no longer blind"
                : "Names, costs and times stay hidden until the vote; answers you have seen with their names are not blind"
            }
            onClick={() => desk.columns.change({ blind: !settings.blind })}
          >
            Blind vote
          </Toggle>
          <Button keys={COMPARE_ACTS.stage.keys[0]} onClick={() => desk.open({ kind: "stage" })}>
            One by one
          </Button>
          <Button onClick={() => desk.open({ kind: "ranking" })}>Ranking</Button>
          <Button
            keys={COMPARE_ACTS.present.keys[0]}
            onClick={() => desk.open({ kind: "present" })}
          >
            Present
          </Button>
          <ShareMenu
            comparison={desk.comparison}
            setupHref={() => setupHref(desk.columns.settings())}
            findings={async () => replayFindings(desk.comparison())}
          />
        </>
      )}
      <Button
        disabled={columns.length >= MOST_COLUMNS}
        title={columns.length >= MOST_COLUMNS ? `There is room for ${MOST_COLUMNS}` : undefined}
        onClick={desk.columns.add}
      >
        + Column
      </Button>
    </div>
  );
}

function Toggle({
  pressed,
  ...rest
}: {
  pressed: boolean;
  title?: string;
  onClick: () => void;
  children: string;
}) {
  return (
    <Button
      aria-pressed={pressed}
      className="aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-sheet aria-pressed:hover:bg-ink/88"
      {...rest}
    />
  );
}

function countsText({ rows, columns }: Comparison): string {
  const votes = voteCounts(rows.values());
  return [
    `${counted(rows.size, "image")} × ${counted(columns.length, "column")}`,
    votes.picks > 0 && counted(votes.picks, "pick"),
    votes.ties > 0 && counted(votes.ties, "tie"),
    votes.allBad > 0 && `${votes.allBad} all bad`,
    votes.void > 0 && `${votes.void} void`,
  ]
    .filter((part) => part !== false)
    .join(" · ");
}

const SETUP = "setup";
const SETTLED_MS = 400;

/** The link that recreates the columns of these settings, on any machine. */
function setupHref(settings: CompareSettings): string {
  const params = new URLSearchParams({ [SETUP]: writeSetup(settings) });
  const page = new URL(window.location.href);
  page.hash = `#/compare?${params.toString()}`;
  return page.href;
}

/**
 * Adopts the set-up of a link that was opened, and keeps the current set-up in the address. If the address names a
 * sheet of this device (a reload, a bookmark, the way back), what the sheet holds is newer and takes precedence.
 */
function SetupLink({ settings }: { settings: CompareSettings }) {
  const { columns } = useDesk();
  const setup = writeSetup(settings);
  const { params, isBrought } = useHashLocation();
  const linked = params.get(SETUP);
  useEffect(() => {
    if (!isBrought) return;
    const { path, params: now } = readHashLocation();
    navigateHash(path, { params: now, replace: true, isBrought: false });
    if (linked !== null && !columns.takeSetup(linked))
      showToast({
        text: "The columns in this link could not be read: the link may have been cut off.",
        tone: "warn",
        kind: "setup",
      });
  }, [linked, isBrought, columns]);
  useEffect(() => {
    if (linked === setup) return undefined;
    // A prompt that is being typed changes the address once, not with every letter.
    const timer = setTimeout(() => {
      const { path, params: now, isBrought: isLink } = readHashLocation();
      if (!path.startsWith("/compare") || isLink) return;
      now.set(SETUP, setup);
      navigateHash(path, { params: now, replace: true });
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [setup, linked]);
  return null;
}
