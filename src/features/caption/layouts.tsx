import { useEffect, useRef, type ComponentType } from "react";
import { useActs } from "#src/ui/acts.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { CAPTION_ACTS } from "./actions.ts";
import type { LayoutProps } from "./layout-props.ts";
import { ImageList } from "./list/image-list.tsx";
import { useCaptionSettings, type Layout } from "./settings.ts";

const ContactGrid = lazyPart<LayoutProps>(
  async () => (await import("./grid/contact-grid.tsx")).ContactGrid,
);
const CaptionTable = lazyPart<LayoutProps>(
  async () => (await import("./table/caption-table.tsx")).CaptionTable,
);
const OneByOne = lazyPart<LayoutProps>(async () => (await import("./one/one-by-one.tsx")).OneByOne);

const PARTS: Record<Layout, ComponentType<LayoutProps>> = {
  list: ImageList,
  grid: ContactGrid,
  table: CaptionTable,
  one: OneByOne,
};

const ACTS = Object.values(CAPTION_ACTS);

/** The images in the layout that the sheet remembers. */
export function ShownLayout(props: LayoutProps) {
  const { desk, listing } = props;
  // The keys come with the images that they act on: an empty sheet doesn’t load them.
  useActs(ACTS, desk);
  const { layout } = useCaptionSettings();
  const Part = PARTS[layout];
  // Whoever comes from another layout finds the image there that they were at.
  const shown = useRef(layout);
  useEffect(() => {
    if (shown.current === layout) return undefined;
    shown.current = layout;
    const frame = requestAnimationFrame(() => {
      // By then the user may have gone on.
      const { activeId } = desk.view.getState();
      if (activeId !== null) desk.rowParts.list()?.show(activeId);
    });
    return () => cancelAnimationFrame(frame);
  }, [desk, layout]);
  return listing.ids.length === 0 ? null : <Part {...props} />;
}
