import type { ReactNode } from "react";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import { classNames } from "#src/lib/class-names.ts";
import { noteText, shortNoteText } from "./sent-words.ts";
import { sizeText } from "./size-text.ts";

interface FilmStripProps {
  image: SheetImage;
  /** The size of its original; null if none is known here. */
  facts: PictureFacts | null;
  /** Leaves out the size if there is no room for it. */
  isShort?: boolean;
  /** Placed before the number: a checkbox. */
  children?: ReactNode;
  className?: string;
}

/**
 * The strip of film above a picture, with its edge print: number, name, size, and whether less than the file is used.
 */
export function FilmStrip({ image, facts, isShort = false, children, className }: FilmStripProps) {
  const name = imageName(image);
  const folder = image.source.kind === "file" ? image.source.folder : "";
  return (
    <div
      className={classNames(
        "flex flex-wrap items-center gap-x-2.5 bg-film px-2.25 py-1 font-mono text-[0.65625rem] leading-4 font-medium tracking-[0.04em] whitespace-nowrap text-edge",
        className,
      )}
    >
      {children}
      <span aria-hidden="true">▸ {String(image.frame).padStart(2, "0")}</span>
      {/* The folder is shown on hover, since two may hold the same name. */}
      <span className="min-w-0 flex-1 truncate" title={folder === "" ? name : `${folder}/${name}`}>
        {name}
      </span>
      {!isShort && <span className="opacity-75">{sizeText(image, facts)}</span>}
      {facts?.notes.map((note) => {
        const short = shortNoteText(note);
        return short === null ? null : (
          <span key={note} title={noteText(note)} className="basis-full truncate">
            {short}
          </span>
        );
      })}
    </div>
  );
}
