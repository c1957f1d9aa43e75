import { EnlargedPicture } from "#src/sheet/enlarged-picture.tsx";
import { useSheet } from "#src/state/use-sheet.ts";
import { SampleDialog } from "./sample-dialog.tsx";
import { useAgeDesk, useAgeView } from "./use-age.ts";

/** What lies over Age check; loaded when something first does. */
export function AgeDialogs() {
  const { view } = useAgeDesk();
  const dialog = useAgeView((state) => state.dialog);
  const images = useSheet((state) => state.images);
  const close = () => view.setState({ dialog: null });
  if (dialog?.kind === "enlarge") {
    const image = images.get(dialog.imageId);
    return image === undefined ? null : <EnlargedPicture image={image} onClose={close} />;
  }
  if (dialog?.kind === "sample") return <SampleDialog onClose={close} />;
  return null;
}
