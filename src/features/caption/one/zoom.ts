/** How a picture lies on its stage: enlarged from where it fits, and moved from the middle by pixels of the screen. */
export interface Zoom {
  /** 1 fits. */
  scale: number;
  x: number;
  y: number;
}

/** The stage, and the picture as it fits on it; in pixels of the screen. */
export interface Stage {
  width: number;
  height: number;
  fitWidth: number;
  fitHeight: number;
}

export const FIT: Zoom = { scale: 1, x: 0, y: 0 };

/** What a press of a button or key does. */
export const ZOOM_STEP = 1.4;

const MOST_SCALE = 16;

/** The largest size at which the whole picture is on the stage. */
export function stageOf(
  room: { width: number; height: number },
  picture: { width: number; height: number },
): Stage {
  const share = Math.min(room.width / picture.width, room.height / picture.height);
  return {
    width: room.width,
    height: room.height,
    fitWidth: picture.width * share,
    fitHeight: picture.height * share,
  };
}

/** Enlarges by a factor; the point at `at`, from the middle of the stage, stays where it is. */
export function zoomed(
  zoom: Zoom,
  { factor, at = { x: 0, y: 0 } }: { factor: number; at?: { x: number; y: number } },
  stage: Stage,
): Zoom {
  const scale = Math.min(MOST_SCALE, Math.max(1, zoom.scale * factor));
  const grown = scale / zoom.scale;
  return bounded(
    { scale, x: at.x - (at.x - zoom.x) * grown, y: at.y - (at.y - zoom.y) * grown },
    stage,
  );
}

/** Moves the picture, as far as there is more of it to see. */
export function moved(zoom: Zoom, by: { x: number; y: number }, stage: Stage): Zoom {
  return bounded({ ...zoom, x: zoom.x + by.x, y: zoom.y + by.y }, stage);
}

function bounded({ scale, x, y }: Zoom, { width, height, fitWidth, fitHeight }: Stage): Zoom {
  const within = (value: number, most: number): number => Math.min(most, Math.max(-most, value));
  return {
    scale,
    x: within(x, Math.max(0, (fitWidth * scale - width) / 2)),
    y: within(y, Math.max(0, (fitHeight * scale - height) / 2)),
  };
}
