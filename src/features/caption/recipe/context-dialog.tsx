import { useState } from "react";
import { folderOf } from "#src/domain/frame.ts";
import { imageName } from "#src/domain/image.ts";
import { imageContext } from "#src/domain/prompt-variables.ts";
import { MOST_CONTEXT_CHARACTERS } from "#src/domain/sheet.ts";
import { standingMarks } from "#src/domain/shown-answer.ts";
import { report } from "#src/sheet/tell.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { useDraft } from "#src/state/use-draft.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { controlLook, Field } from "#src/ui/field.tsx";
import type { CaptionDialog } from "#src/features/caption/view-state.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";

type ContextPlace = Extract<CaptionDialog, { kind: "context" }>;

/** Notes that a prompt’s {context} stands for: on the sheet, on a folder, and on one image. */
export function ContextDialog({
  place: { folder, imageId },
  onClose,
}: {
  place: ContextPlace;
  onClose: () => void;
}) {
  const open = useOpenSheet();
  const context = useSheet((state) => state.sheet.context);
  const image = useSheet((state) => (imageId === null ? undefined : state.images.get(imageId)));
  const [begun] = useState(() => ({
    sheet: context.sheet,
    folder: folder === null ? "" : (context.folders[folder] ?? ""),
    image: image === undefined ? "" : imageContext(open.store.getState().marks.get(image.id) ?? []),
  }));
  const [sheet, setSheet] = useDraft("context", begun.sheet);
  const [ofFolder, setOfFolder] = useDraft(`context/folder/${folder ?? ""}`, begun.folder);
  const [ofImage, setOfImage] = useDraft(`context/image/${imageId ?? ""}`, begun.image);
  const save = () => {
    onClose();
    report(
      keepNotes(open, {
        sheet: sheet === begun.sheet ? null : sheet,
        folder: folder === null || ofFolder === begun.folder ? null : { folder, text: ofFolder },
        image:
          image === undefined || ofImage === begun.image ? null : { id: image.id, text: ofImage },
      }),
    );
  };
  // On a sheet without folders the sheet’s own note says it all.
  const hasFolders = useSheet(({ images }) =>
    [...images.values()].some((one) => folderOf(one) !== ""),
  );
  const folderName =
    folder === null || !hasFolders
      ? null
      : folder === ""
        ? "images without a folder"
        : `the folder ${folder}`;
  return (
    <Dialog
      title="Context"
      width="wide"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="strong" onClick={save}>
            Save notes
          </Button>
        </>
      }
    >
      <p className="mb-4 text-pretty text-ink-2">
        What the pictures can’t say: names, materials, an occasion. A prompt that names{" "}
        <code className="figures">{"{context}"}</code> is sent with these notes, the widest first.
      </p>
      <div className="space-y-4">
        <Note label="For the whole sheet" value={sheet} onChange={setSheet} />
        {folderName !== null && (
          <Note label={`For ${folderName}`} value={ofFolder} onChange={setOfFolder} />
        )}
        {image !== undefined && (
          <Note label={`For ${imageName(image)} alone`} value={ofImage} onChange={setOfImage} />
        )}
      </div>
    </Dialog>
  );
}

interface NoteProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
}

function Note({ label, value, onChange }: NoteProps) {
  return (
    <Field label={label}>
      {(control) => (
        <textarea
          {...control}
          className={`${controlLook} field-sizing-content max-h-48 min-h-16`}
          value={value}
          maxLength={MOST_CONTEXT_CHARACTERS}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** Keeps the notes that were changed; each kind is one undo. */
async function keepNotes(
  open: OpenSheet,
  changed: {
    sheet: string | null;
    folder: { folder: string; text: string } | null;
    image: { id: string; text: string } | null;
  },
): Promise<void> {
  const { sheet, marks } = open.store.getState();
  const { context } = sheet;
  if (changed.sheet !== null || changed.folder !== null) {
    const { folder } = changed;
    const folders =
      folder === null ? context.folders : { ...context.folders, [folder.folder]: folder.text };
    const kept = Object.entries(folders).filter(([, text]) => text.trim() !== "");
    await open.saveSettings(
      { context: { sheet: changed.sheet ?? context.sheet, folders: Object.fromEntries(kept) } },
      { label: "changing notes" },
    );
  }
  if (changed.image === null) return;
  const { id: imageId, text } = changed.image;
  const before = standingMarks(marks.get(imageId) ?? []).findLast(
    ({ value }) => value.kind === "context",
  );
  const value = { kind: "context", text } as const;
  await open.marks.add(
    [{ imageId, value, shown: [], replaces: before?.id ?? null }],
    "changing the note on an image",
  );
}
