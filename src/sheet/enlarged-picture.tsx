import { imageName, pictureHashOf, type SheetImage } from "#src/domain/image.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Dialog } from "#src/ui/dialog.tsx";
import { FramePicture } from "./frame-picture.tsx";

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
