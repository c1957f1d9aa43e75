import type { ReactNode } from "react";
import { classNames } from "#src/lib/class-names.ts";

interface FilmStripProps {
  /** The frame number, from 1. */
  frame: number;
  name: string;
  /** The path of its folder; told on hover, since two folders may hold the same name. */
  folder?: string;
  /** Pixels of the original, or what is known instead: "by URL". */
  detail: string;
  /** Stands before the number: a checkbox. */
  children?: ReactNode;
  className?: string;
}

/** The strip of film above a picture, with its edge print: number, name, size. */
export function FilmStrip({
  frame,
  name,
  folder = "",
  detail,
  children,
  className,
}: FilmStripProps) {
  return (
    <div
      className={classNames(
        "flex items-center gap-2.5 bg-film px-2.25 py-1 font-mono text-[0.65625rem] leading-4 font-medium tracking-[0.04em] whitespace-nowrap text-edge",
        className,
      )}
    >
      {children}
      <span aria-hidden="true">▸ {String(frame).padStart(2, "0")}</span>
      <span className="min-w-0 flex-1 truncate" title={folder === "" ? name : `${folder}/${name}`}>
        {name}
      </span>
      <span className="opacity-75">{detail}</span>
    </div>
  );
}
