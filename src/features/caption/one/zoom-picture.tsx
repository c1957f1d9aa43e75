import { Maximize, Minus, Plus } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState, type PointerEvent } from "react";
import { frameText } from "#src/domain/frame.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import { classNames } from "#src/lib/class-names.ts";
import { FramePicture } from "#src/sheet/frame.tsx";
import { useFrameNotes } from "#src/sheet/picture-notes.ts";
import { useActs, type Act } from "#src/ui/acts.ts";
import { IconButton } from "#src/ui/button.tsx";
import { ZOOM_ACTS, type Zoomer } from "./actions.ts";
import { FIT, moved, stageOf, ZOOM_STEP, zoomed, type Stage } from "./zoom.ts";

const ACTS: readonly Act<Zoomer>[] = Object.values(ZOOM_ACTS);
const NO_ROOM = { width: 0, height: 0 };
const USUAL = { width: 3, height: 2 };

interface ZoomPictureProps {
  image: SheetImage;
  facts: PictureFacts | null;
}

/** A picture as large as there is room for, which the wheel, keys and buttons enlarge and the pointer moves. */
export function ZoomPicture({ image, facts }: ZoomPictureProps) {
  const view = useRef<HTMLDivElement>(null);
  const { stage, zoom, setZoom } = useZoom(view, facts ?? USUAL);
  const by = (factor: number) => setZoom((now) => zoomed(now, { factor }, stage));
  const zoomer: Zoomer = {
    zoomIn: () => by(ZOOM_STEP),
    zoomOut: () => by(1 / ZOOM_STEP),
    fit: () => setZoom(FIT),
  };
  useActs(ACTS, zoomer);
  const drag = useDrag((x, y) => setZoom((now) => moved(now, { x, y }, stage)));
  const name = imageName(image);
  const notes = useFrameNotes(image, facts);
  const share = facts === null ? zoom.scale : (stage.fitWidth * zoom.scale) / facts.width;
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-hidden bg-film sm:rounded">
      <div className="flex h-7.5 shrink-0 items-center gap-2 px-3 font-mono text-[0.6875rem] font-medium tracking-[0.02em] whitespace-nowrap text-edge pointer-coarse:h-10">
        <span aria-hidden="true">▸ {frameText(image)}</span>
        <span className="min-w-0 flex-1 truncate" title={name}>
          <bdi>{name}</bdi>
        </span>
        {notes.map(
          ({ key, text, short }) =>
            short !== null && (
              <span key={key} title={text} className="max-sm:hidden">
                {short}
              </span>
            ),
        )}
        {facts !== null && (
          <span className="opacity-80 max-sm:hidden">
            {facts.width}×{facts.height}
          </span>
        )}
        <ZoomButton act={ZOOM_ACTS.zoomOut} zoomer={zoomer} isOff={zoom.scale === 1}>
          <Minus size={15} />
        </ZoomButton>
        <output className="min-w-9 text-center" aria-label="Zoom">
          {Math.round(share * 100)}%
        </output>
        <ZoomButton act={ZOOM_ACTS.zoomIn} zoomer={zoomer}>
          <Plus size={15} />
        </ZoomButton>
        <ZoomButton act={ZOOM_ACTS.fit} zoomer={zoomer} isOff={zoom.scale === 1}>
          <Maximize size={14} />
        </ZoomButton>
      </div>
      <div
        ref={view}
        {...drag}
        className={classNames(
          "relative min-h-0 flex-1 overflow-hidden max-sm:h-[30dvh] max-sm:flex-none",
          zoom.scale > 1 && "cursor-grab touch-none active:cursor-grabbing",
        )}
      >
        <div
          className="absolute inset-0"
          style={{ transform: `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})` }}
        >
          <FramePicture image={image} size="copy" className="pointer-events-none size-full" />
        </div>
      </div>
    </div>
  );
}

interface ZoomButtonProps {
  act: Act<Zoomer>;
  zoomer: Zoomer;
  isOff?: boolean;
  children: React.ReactNode;
}

function ZoomButton({ act, zoomer, isOff = false, children }: ZoomButtonProps) {
  return (
    <IconButton
      label={act.label}
      keys={act.keys[0] ?? ""}
      // Not disabled: the focus would fall to the page as the picture fits again.
      aria-disabled={isOff}
      onClick={() => act.run(zoomer)}
      className="size-6.5! text-edge! outline-edge! hover:bg-edge/20! aria-disabled:opacity-50"
    >
      {children}
    </IconButton>
  );
}

function useZoom(
  view: React.RefObject<HTMLDivElement | null>,
  picture: { width: number; height: number },
) {
  const [room, setRoom] = useState(NO_ROOM);
  const [zoom, setZoom] = useState(FIT);
  const stage = stageOf(room, picture);
  const latest = useRef<Stage>(stage);
  useLayoutEffect(() => {
    latest.current = stage;
  });
  useEffect(() => {
    const element = view.current;
    if (element === null) return undefined;
    const sizes = new ResizeObserver(() => {
      setRoom({ width: element.clientWidth, height: element.clientHeight });
      setZoom(FIT);
    });
    sizes.observe(element);
    // React’s own listener could not keep the page from scrolling.
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const at = {
        x: event.clientX - box.left - box.width / 2,
        y: event.clientY - box.top - box.height / 2,
      };
      const factor = Math.exp(-event.deltaY / 400);
      setZoom((now) => zoomed(now, { factor, at }, latest.current));
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      sizes.disconnect();
      element.removeEventListener("wheel", onWheel);
    };
  }, [view]);
  return { stage, zoom, setZoom };
}

function useDrag(onMove: (x: number, y: number) => void) {
  const last = useRef<{ x: number; y: number } | null>(null);
  const end = (): void => {
    last.current = null;
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>): void => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      last.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>): void => {
      if (last.current === null) return;
      onMove(event.clientX - last.current.x, event.clientY - last.current.y);
      last.current = { x: event.clientX, y: event.clientY };
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
