/** What is laid behind a picture that is transparent in places, when it is sent. */
export type Background = "white" | "grey" | "dark" | "checker";

export const BACKGROUNDS = [
  "white",
  "grey",
  "dark",
  "checker",
] as const satisfies readonly Background[];

/** A sheet's wish: "auto" is the background that each picture differs from most plainly. */
export type BackgroundChoice = "auto" | Background;

/** The shapes that a model takes: what is smaller is enlarged, what is longer is padded. */
export interface Fit {
  /** Fewest pixels of the shorter side. */
  leastSide: number;
  /** Most times that the longer side may be as long as the shorter one. */
  longestRatio: number;
}

/**
 * What a copy is mounted on when it is sent, like a print on card: a background behind what is transparent, and a shape
 * that the model takes. Null of either if the picture needs none.
 */
export interface Mount {
  background: Background | null;
  fit: Fit | null;
}

/** What a picture is laid on: the sheet's wish, or else what suits the picture; null if nothing of it is transparent. */
export function backgroundOf(
  suiting: Background | null | undefined,
  wish: BackgroundChoice,
): Background | null {
  return suiting == null || wish === "auto" ? (suiting ?? null) : wish;
}
