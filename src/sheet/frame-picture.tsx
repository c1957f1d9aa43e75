import { ImageOff } from "lucide-react";
import { useState, type ReactNode } from "react";
import { heldBackBy, imageName, type SheetImage } from "#src/domain/image.ts";
import { classNames } from "#src/lib/class-names.ts";
import { usePictureUrl } from "#src/state/pictures/thumbnails.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";

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
      return <Note>Waiting to be prepared</Note>;
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
