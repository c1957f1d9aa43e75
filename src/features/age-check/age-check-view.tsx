import { counted, grouped } from "#src/lib/counted.ts";
import { useEffect } from "react";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { classNames } from "#src/lib/class-names.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { useActs } from "#src/ui/acts.ts";
import { AGE_ACTS, GRID_ACTS, STAGE_ACTS, truthActs } from "./actions.ts";
import { AgeRunBar } from "./age-run-bar.tsx";
import { allFigures } from "./figures/use-figures.ts";
import { FaceGrid } from "./grid/face-grid.tsx";
import { SidePanel } from "./figures/side-panel.tsx";
import { Stage } from "./judging/stage.tsx";
import {
  AgeDeskContext,
  useAgeDesk,
  useAgeSettings,
  useAgeView,
  useFaces,
  useJudge,
  useNewAgeDesk,
} from "./age-desk.ts";
import { AddImages } from "#src/sheet/add-images.tsx";
import { useServices } from "#src/state/services.ts";
import { SimulatedTag } from "#src/sheet/answer.tsx";
import { Button } from "#src/ui/button.tsx";
import type { Faces } from "./grid/faces.ts";
import { FilesMenu } from "#src/features/taking-away/verdicts-menu.tsx";
import { report } from "#src/sheet/tell.ts";

const AgeDialogs = lazyPart(async () => (await import("./age-dialogs.tsx")).AgeDialogs, {
  giveUp: ({ onClose }) => onClose(),
});

/** A spot check of age detectors: faces to judge, and what the judgements say about the models. */
export function AgeCheckView() {
  const desk = useNewAgeDesk();
  // If the user left by the browser’s Back, a dialog is not open when they come back.
  useEffect(() => () => desk.view.setState({ dialog: null }), [desk]);
  return (
    <AgeDeskContext value={desk}>
      <AgeKeys />
      <AgeCheck />
    </AgeDeskContext>
  );
}

/** Makes the acts live that can be done now. */
function AgeKeys() {
  const { labelSet } = useAgeSettings();
  const mode = useAgeView((state) => state.mode);
  const shown =
    mode === "grid"
      ? Object.values(GRID_ACTS)
      : [...truthActs(labelSet), ...Object.values(STAGE_ACTS)];
  useActs([...Object.values(AGE_ACTS), ...shown], useAgeDesk());
  return null;
}

function AgeCheck() {
  const { view } = useAgeDesk();
  const faces = useFaces();
  const isEmpty = useSheet((state) => state.order.length === 0);
  const mode = useAgeView((state) => state.mode);
  const panel = useAgeView((state) => state.panel);
  const hasDialog = useAgeView((state) => state.dialog !== null);
  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] md:grid-cols-[minmax(0,1fr)_21.25rem] md:grid-rows-[minmax(0,1fr)_auto]">
      <PanelSwitch className="md:hidden" />
      <section
        aria-label="Faces"
        className={classNames(
          "flex min-h-0 min-w-0 flex-col",
          panel === "figures" && "max-md:hidden",
        )}
      >
        <AgeBar faces={faces} />
        {isEmpty && <EmptyFaces />}
        {!isEmpty && mode === "grid" && <FaceGrid faces={faces} />}
        {!isEmpty && mode === "stage" && <Stage faces={faces} />}
      </section>
      <SidePanel faces={faces} className={panel === "faces" ? "max-md:hidden" : undefined} />
      <div className="md:col-span-2">
        <AgeRunBar faces={faces} />
      </div>
      {hasDialog && <AgeDialogs onClose={() => view.setState({ dialog: null })} />}
    </div>
  );
}

/** Before the first face: what this is for, and a sheet that leaves nothing behind, offered before one that is kept. */
function EmptyFaces() {
  const { view } = useAgeDesk();
  const keeping = useSheet((state) => state.sheet.keeping);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pb-6 sm:px-5.5">
      <div className="mx-auto flex max-w-2xl flex-col gap-4 py-6 sm:py-12">
        <h3 className="text-xl font-semibold tracking-tight">
          How often, where and how confidently is an age detector wrong?
        </h3>
        <p className="max-w-[62ch] text-caption text-ink-2 text-pretty">
          Drop faces, have one or several models judge them, and say what is true before you see
          their verdicts. Every figure comes with its count and its interval.
        </p>
        {keeping === "disk" ? <TwoWays /> : <MemoryWay />}
        <p className="flex flex-wrap items-center gap-2 text-control text-ink-2">
          <span>Judged elsewhere already?</span>
          <Button onClick={() => view.setState({ dialog: { kind: "merge" } })}>
            Merge verdict files…
          </Button>
        </p>
      </div>
    </div>
  );
}

function TwoWays() {
  const { workspace } = useServices();
  return (
    <>
      <section className="rounded border border-line-2 bg-sheet px-4.5 py-4">
        <h4 className="mb-1 font-semibold">In this tab only</h4>
        <p className="mb-3 max-w-[62ch] text-ink-2 text-pretty">
          For pictures of people: faces, answers and judgements stay in this tab’s memory, and a
          reload loses them. Save the verdicts as a file first. What you check is still sent to the
          service.
        </p>
        <Button
          look="strong"
          onClick={() =>
            report(workspace.newSheet({ keeping: "memory", name: "Age check, memory only" }))
          }
        >
          Start a memory-only sheet
        </Button>
      </section>
      <section className="rounded border border-line px-4.5 py-4">
        <h4 className="mb-1 font-semibold">Kept on this device</h4>
        <p className="mb-3 text-ink-2">
          Drop images anywhere: this sheet keeps them in this browser, until they are erased.
        </p>
        <AddImages />
      </section>
    </>
  );
}

function MemoryWay() {
  return (
    <section className="rounded border border-line-2 bg-sheet px-4.5 py-4">
      <h4 className="mb-1 font-semibold">Drop faces anywhere</h4>
      <p className="mb-3 max-w-[62ch] text-ink-2 text-pretty">
        This sheet is only in this tab: none of it is written to the device, and a reload loses it.
        What you check is still sent to the service.
      </p>
      <AddImages look="strong" />
    </section>
  );
}

/** Which sheet this is, how much of it is judged, and what can be done with all of it. */
function AgeBar({ faces }: { faces: Faces }) {
  const desk = useAgeDesk();
  const name = useSheet((state) => state.sheet.name);
  const mode = useAgeView((state) => state.mode);
  const judge = useJudge();
  const all = [...faces.values()];
  const judged = all.filter((face) => face.standing.has(judge)).length;
  const isEmpty = all.length === 0;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-2.5 gap-y-2 px-3 pt-3.5 pb-3 sm:px-5.5 sm:pt-4.5">
      <h2 className="min-w-0 truncate text-title font-semibold tracking-tight">{name}</h2>
      <span className="text-xs text-ink-2" aria-live="polite">
        {counted(all.length, "face")} · {grouped(judged)} judged
      </span>
      {all.some((face) => face.simulated) && (
        <span className="figures">
          <SimulatedTag />
        </span>
      )}
      <span className="ml-auto flex flex-wrap items-center gap-2">
        {mode === "stage" ? (
          <Button key="grid" onClick={desk.showGrid} keys="Escape">
            All faces
          </Button>
        ) : (
          <Button key="stage" disabled={isEmpty} onClick={() => desk.showStage()} keys="o">
            Review one by one
          </Button>
        )}
        <Files faces={faces} />
        {mode === "grid" && !isEmpty && <AddImages />}
      </span>
    </div>
  );
}

/** What can be taken away of the faces, and brought to them. */
function Files({ faces }: { faces: Faces }) {
  const { view, settings, open } = useAgeDesk();
  const { now } = useServices().sheets;
  const withNames = useAgeView((state) => state.withNames);
  const all = [...faces.values()];
  return (
    <FilesMenu
      faces={all}
      rows={async () => {
        const { verdictRows } = await import("./verdict-rows.ts");
        const { modelIds } = settings();
        const { pictures } = open.store.getState();
        return verdictRows(all, { modelIds, pictures, withNames });
      }}
      report={async () => {
        const { buildReport } = await import("./figures/build-report.ts");
        return buildReport({
          sheetName: open.store.getState().sheet.name,
          faces: all,
          settings: settings(),
          figures: allFigures(faces, settings(), view.getState()),
          withNames,
          madeAt: now(),
        });
      }}
      withNames={withNames}
      onWithNames={(next) => view.setState({ withNames: next })}
      incoming={[
        {
          label: "Merge verdict files…",
          hint: "Another reviewer’s, with or without the pictures",
          onChoose: () => view.setState({ dialog: { kind: "merge" } }),
        },
        {
          label: "Truth from a file or names…",
          hint: "Known ages, by file name, hash or pattern",
          disabled: all.length === 0,
          onChoose: () => view.setState({ dialog: { kind: "truth" } }),
        },
      ]}
    />
  );
}

const PANELS = [
  { panel: "faces", name: "Faces" },
  { panel: "figures", name: "Set-up and figures" },
] as const;

/** Which half of the view a phone shows. */
function PanelSwitch({ className }: { className?: string }) {
  const { view } = useAgeDesk();
  const shown = useAgeView((state) => state.panel);
  return (
    <fieldset
      aria-label="What is shown"
      className={classNames(
        "grid grid-cols-2 border-b border-line bg-sheet px-3 py-1.5",
        className,
      )}
    >
      {PANELS.map(({ panel, name }) => (
        <button
          key={panel}
          type="button"
          aria-pressed={shown === panel}
          onClick={() => view.setState({ panel })}
          className={classNames(
            "min-h-9 rounded text-control pointer-coarse:min-h-10",
            shown === panel ? "bg-paper font-semibold" : "text-ink-2",
          )}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
