import { useEffect } from "react";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { classNames } from "#src/lib/class-names.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { EmptyDesk } from "./empty-desk.tsx";
import { RecipePanel } from "./recipe/recipe-panel.tsx";
import { captionView, useCaptionView } from "./view-state.ts";

// An empty sheet has nothing to list, to count or to start.
const CaptionDesk = lazyPart(async () => (await import("./caption-desk.tsx")).CaptionDesk, {
  waiting: <EmptyDesk isLoading />,
});

const CaptionDialogs = lazyPart(
  async () => (await import("./caption-dialogs.tsx")).CaptionDialogs,
  { giveUp: ({ onClose }) => onClose() },
);

/** Describes images, and lets the user correct and take away the words: what is asked, and the desk beside it. */
export function CaptionView() {
  const view = captionView(useOpenSheet());
  const close = () => view.setState({ dialog: null });
  // If the user left by the browser’s Back, a dialog is not open when they come back.
  useEffect(() => () => view.setState({ dialog: null }), [view]);
  const hasDialog = useCaptionView((state) => state.dialog !== null);
  const showsOne = useSheet(({ sheet }) => isOneByOne(sheet.caption));
  const isEmpty = useSheet((state) => state.order.length === 0);
  return (
    <div
      className={classNames(
        "grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] md:grid-rows-[minmax(0,1fr)_auto]",
        // One image shown alone takes the whole width: what is asked is not what is being looked at.
        showsOne && !isEmpty
          ? "*:first:hidden md:[&>section]:col-span-full max-md:grid-rows-[minmax(0,1fr)_auto]"
          : "md:grid-cols-[18.5rem_minmax(0,1fr)]",
      )}
    >
      <RecipePanel />
      {isEmpty ? <EmptyDesk /> : <CaptionDesk />}
      {hasDialog && <CaptionDialogs onClose={close} />}
    </div>
  );
}

// The schema of these settings comes with the first image: without one there is nothing to lay out.
function isOneByOne(stored: unknown): boolean {
  return (
    typeof stored === "object" && stored !== null && "layout" in stored && stored.layout === "one"
  );
}
