import { ImageOff } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { folderOf, frameText } from "#src/domain/frame.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { heldBackBy, type ImageId, imageName, type SheetImage } from "#src/domain/image.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import { classNames } from "#src/lib/class-names.ts";
import { usePictureUrl } from "#src/state/pictures/kept-pictures.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Dialog } from "#src/ui/dialog.tsx";
import { Highlighted } from "#src/ui/highlighted.tsx";
import { useFrameNotes } from "./picture-notes.ts";

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
  const folder = folderOf(image);
  const notes = useFrameNotes(image, facts);
  return (
    <div
      className={classNames(
        "flex flex-wrap items-center gap-x-2.5 bg-film px-2.25 py-1 font-mono text-[0.65625rem] leading-4 font-medium tracking-[0.04em] whitespace-nowrap text-edge",
        className,
      )}
    >
      {children}
      <span aria-hidden="true">▸ {frameText(image)}</span>
      {/* The folder is shown on hover, since two may hold the same name. */}
      <span className="min-w-0 flex-1 truncate" title={folder === "" ? name : `${folder}/${name}`}>
        <Highlighted text={name} />
      </span>
      {!isShort && <span className="opacity-75">{sizeText(image, facts)}</span>}
      {notes.map(
        ({ key, text, short }) =>
          short !== null && (
            <span key={key} title={text} className="basis-full truncate">
              {short}
            </span>
          ),
      )}
    </div>
  );
}

/** "4032×3024", or how the picture reaches the service if its pixels are not known here. */
function sizeText(image: SheetImage, facts: PictureFacts | null): string {
  return facts === null ? referenceText(image) : `${facts.width}×${facts.height}`;
}

/** How the picture reaches the service if it is not sent: "by URL", "by UUID"; "" for one that is. */
export function referenceText({ source: { kind } }: SheetImage): string {
  return kind === "url" ? "by URL" : kind === "runware" ? "by UUID" : "";
}

interface FramePictureProps {
  image: SheetImage;
  size?: "thumbnail" | "copy";
  className?: string;
}

/**
 * The picture of an image, whole, on film black. Decoration to assistive technology: whatever shows it says its name
 * beside it. If there is no picture to show, the frame says why; it can still be asked about.
 */
export function FramePicture({ image, size = "thumbnail", className }: FramePictureProps) {
  const url = usePictureUrl(image, size);
  const [brokenUrl, setBrokenUrl] = useState<string | null>(null);
  const isBroken = url !== null && url === brokenUrl;
  return (
    <div className={classNames("relative overflow-hidden bg-film", className)}>
      {url !== null && !isBroken && (
        <img
          src={url}
          alt=""
          draggable={false}
          loading="lazy"
          decoding="async"
          referrerPolicy="no-referrer"
          onError={() => setBrokenUrl(url)}
          className="absolute inset-0 size-full object-contain"
        />
      )}
      {isBroken || url === null ? <PictureNote image={image} isBroken={isBroken} /> : null}
    </div>
  );
}

function PictureNote({ image, isBroken }: { image: SheetImage; isBroken: boolean }) {
  const heldBy = useSheet(({ sheet }) => heldBackBy(image, sheet.filePictures));
  switch (image.preparation.phase) {
    case "queued":
      return <Waiting id={image.id} />;
    case "preparing":
      return <Note>Preparing…</Note>;
    case "remote":
      if (heldBy !== null) return <Note icon>Not loaded: it is on {heldBy}</Note>;
      return (
        <Note icon title={image.source.kind === "url" ? imageName(image) : undefined}>
          {image.source.kind === "runware"
            ? "Kept by Runware; no preview here"
            : "No preview here. The service can still see it."}
        </Note>
      );
    case "unseen":
      return <Note icon>The picture isn’t on this device</Note>;
    case "rejected":
      return <Note icon>No picture</Note>;
    case "ready":
      return isBroken ? <Note icon>The preview cannot be shown</Note> : null;
  }
}

function Waiting({ id }: { id: ImageId }) {
  const { onScreen } = useOpenSheet();
  useEffect(() => {
    onScreen.add(id);
    return () => {
      onScreen.delete(id);
    };
  }, [id, onScreen]);
  return <Note>Waiting to be prepared</Note>;
}

interface NoteProps {
  icon?: boolean;
  /** Shown instead of the picture. */
  title?: string | undefined;
  children: ReactNode;
}

function Note({ icon = false, title, children }: NoteProps) {
  return (
    <div className="absolute inset-0 flex flex-col items-center justify-center gap-1.5 p-3 text-center text-[0.6875rem] leading-snug text-edge/85">
      {title !== undefined && (
        <span className="line-clamp-3 text-control font-medium wrap-anywhere text-edge">
          {title}
        </span>
      )}
      {icon && title === undefined && <ImageOff size={16} aria-hidden="true" />}
      <span className="line-clamp-4 wrap-anywhere">{children}</span>
    </div>
  );
}

/** One picture, as large as the window allows. */
export function EnlargedPicture({ image, onClose }: { image: SheetImage; onClose: () => void }) {
  const hash = pictureHashOf(image);
  const facts = useSheet((state) => (hash === null ? undefined : state.pictures.get(hash)));
  const aspectRatio = facts === undefined ? "3 / 2" : `${facts.width} / ${facts.height}`;
  return (
    <Dialog title={imageName(image)} width="full" onClose={onClose}>
      <div className="mx-auto max-h-[72dvh] max-w-full" style={{ aspectRatio }}>
        <FramePicture image={image} size="copy" className="size-full rounded" />
      </div>
    </Dialog>
  );
}
