import { EnlargedPicture } from "#src/sheet/frame.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { MergeDialog } from "./merge-dialog.tsx";
import { SampleDialog } from "./samples/sample-dialog.tsx";
import { TruthDialog } from "./set-up/truth-dialog.tsx";
import { useAgeView } from "./use-age.ts";

/** The dialogs of Age check; loaded when the first one opens. */
export function AgeDialogs({ onClose: close }: { onClose: () => void }) {
  const dialog = useAgeView((state) => state.dialog);
  const images = useSheet((state) => state.images);
  switch (dialog?.kind) {
    case "enlarge": {
      const image = images.get(dialog.imageId);
      return image === undefined ? null : <EnlargedPicture image={image} onClose={close} />;
    }
    case "sample":
      return <SampleDialog onClose={close} />;
    case "truth":
      return <TruthDialog onClose={close} />;
    case "merge":
      return <MergeDialog onClose={close} />;
    case undefined:
      return null;
  }
}
