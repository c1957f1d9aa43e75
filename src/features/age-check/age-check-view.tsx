import { useSheet } from "#src/state/use-sheet.ts";
import { classNames } from "#src/lib/class-names.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { AgeBar } from "./age-bar.tsx";
import { AgeKeys } from "./judging/age-keys.tsx";
import { AgeRunBar } from "./age-run-bar.tsx";
import { EmptyFaces } from "./grid/empty-faces.tsx";
import { FaceGrid } from "./grid/face-grid.tsx";
import { PanelSwitch } from "./figures/panel-switch.tsx";
import { SidePanel } from "./figures/side-panel.tsx";
import { Stage } from "./judging/stage.tsx";
import { AgeDeskContext, useAgeDesk, useAgeView, useFaces, useNewAgeDesk } from "./use-age.ts";

const AgeDialogs = lazyPart(async () => (await import("./age-dialogs.tsx")).AgeDialogs, {
  giveUp: ({ onClose }) => onClose(),
});

/** A spot check of age detectors: faces to judge, and what the judgements say of the models. */
export function AgeCheckView() {
  const desk = useNewAgeDesk();
  return (
    <AgeDeskContext value={desk}>
      <AgeKeys />
      <AgeCheck />
    </AgeDeskContext>
  );
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
