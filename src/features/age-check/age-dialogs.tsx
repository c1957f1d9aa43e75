import { counted } from "#src/lib/counted.ts";
import { EnlargedPicture } from "#src/sheet/frame.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { SampleDialog } from "./samples/sample-dialog.tsx";
import { TruthDialog } from "./set-up/truth-dialog.tsx";
import { useAgeDesk, useAgeView } from "./age-desk.ts";
import { useState } from "react";
import { AGE_MODELS } from "#src/catalog/find-models.ts";
import type { VerdictReading } from "#src/exports/verdict-files.ts";
import { report } from "#src/sheet/tell.ts";
import { readVerdictFile } from "#src/state/files/read-files.ts";
import { useServices } from "#src/state/services.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { showToast } from "#src/ui/toasts.ts";
import { FileChooser } from "./set-up/file-chooser.tsx";
import { foreignVerdicts } from "./merge-verdicts.ts";

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

interface ReadFile {
  name: string;
  reading: VerdictReading | null;
}

/** Takes other reviewers' verdict files onto the sheet. Pictures that are not here are known by their hash. */
export function MergeDialog({ onClose }: { onClose: () => void }) {
  const desk = useAgeDesk();
  const { now, newId } = useServices().sheets;
  const [files, setFiles] = useState<readonly ReadFile[]>([]);
  const rows = files.flatMap(({ reading }) => reading?.rows ?? []);
  const merge = async () => {
    const foreign = foreignVerdicts(rows, { faces: desk.faces().values(), now, newId });
    const added = await desk.open.takeForeignRows(foreign, "merging verdict files");
    const told = new Set([...desk.settings().modelIds, ...rows.map(({ model }) => model)]);
    desk.change({ modelIds: AGE_MODELS.map(({ id }) => id).filter((id) => told.has(id)) });
    desk.showGrid();
    showToast({
      text: `${added.marks} judgements and ${added.tasks} verdicts added; ${added.images} faces are known only by their hash.`,
      kind: "merge",
    });
    onClose();
  };
  return (
    <Dialog
      title="Merge verdict files"
      onClose={onClose}
      footer={
        <Button look="strong" disabled={rows.length === 0} onClick={() => report(merge())}>
          Merge {counted(rows.length, "line")}
        </Button>
      }
    >
      <p className="mb-3 text-ink-2">
        Files that Age check saved, CSV or JSON, from any number of reviewers. The same judgement is
        added only once. If reviewers differ, the figures list it.
      </p>
      <FileChooser
        label="Verdict files"
        accept=".csv,.json"
        multiple
        read={readVerdictFile}
        onRead={(read) => setFiles(read.map(({ name, content }) => ({ name, reading: content })))}
      />
      <ul className="mt-3 flex flex-col gap-1 text-control">
        {files.map(({ name, reading }) => (
          <li key={name} className={reading === null ? "text-warn" : undefined}>
            {name}: {readingText(reading)}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function readingText(reading: VerdictReading | null): string {
  if (reading === null) return "not a verdict file from Age check, or longer than one can be.";
  const reviewers = new Set(reading.rows.flatMap(({ reviewer }) => reviewer ?? []));
  const who = reviewers.size === 0 ? "" : ` by ${[...reviewers].join(", ")}`;
  const skipped = reading.skipped === 0 ? "" : `; ${reading.skipped} could not be read`;
  return `${reading.rows.length} lines${who}${skipped}.`;
}
