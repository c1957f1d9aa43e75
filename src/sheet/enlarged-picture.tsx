import { imageName, type SheetImage } from "#src/domain/image.ts";
import { Dialog } from "#src/ui/dialog.tsx";
import { FramePicture } from "./frame-picture.tsx";

/** One picture, as large as the window allows. */
export function EnlargedPicture({ image, onClose }: { image: SheetImage; onClose: () => void }) {
  return (
    <Dialog title={imageName(image)} width="full" onClose={onClose}>
      <FramePicture image={image} size="copy" className="h-[70dvh] rounded" />
    </Dialog>
  );
}
