/** Between the frames. */
export const GAP_PX = 12;

const LEAST_FRAME_PX = 190;
const LEAST_COLUMNS = 2;

/** How many frames lie side by side in this width; two on a phone, however narrow. */
export function columnsIn(widthPx: number): number {
  return Math.max(LEAST_COLUMNS, Math.floor((widthPx + GAP_PX) / (LEAST_FRAME_PX + GAP_PX)));
}
