import type { SheetImage } from "./image.ts";

/** Its number as the strip shows it: "07", or "07·2" for the second part of that image. */
export function frameText({ frame, source }: Pick<SheetImage, "frame" | "source">): string {
  const text = String(frame).padStart(2, "0");
  return source.kind === "part" ? `${text}·${source.number}` : text;
}

/** Its number in tables: 7, or "7·2" for the second part of that image. */
export function frameNumber({
  frame,
  source,
}: Pick<SheetImage, "frame" | "source">): number | string {
  return source.kind === "part" ? `${frame}·${source.number}` : frame;
}

/** The folder an image came from, with "/"; "" if it came without one. */
export function folderOf({ source }: Pick<SheetImage, "source">): string {
  return source.kind === "file" || source.kind === "part" ? source.folder : "";
}
