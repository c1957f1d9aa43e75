import { counted } from "#src/lib/counted.ts";
import { SentDialog, SentSumDialog } from "#src/sheet/sent-dialog.tsx";
import { CapWarning, estimateText } from "#src/sheet/run-price.tsx";
import { useRunEstimate } from "#src/state/run-estimate.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { Choice } from "#src/ui/choice.tsx";
import { imageName } from "#src/domain/image.ts";
import { report } from "#src/sheet/tell.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { useEffect, useRef, useState } from "react";
import { useIsFree } from "./run/reused.ts";
import { ask, askAgain, modelsAskedFor } from "./run/run-scope.ts";
import { changeCaption } from "./settings.ts";
import { ContextDialog } from "./recipe/context-dialog.tsx";
import { FieldDialog } from "./recipe/field-dialog.tsx";
import { PromptSentDialog } from "./recipe/prompt-sent-dialog.tsx";
import { PromptsDialog } from "./recipe/prompts-dialog.tsx";
import { useCaptionView, type CaptionDialog } from "./view-state.ts";

const BulkDialog = lazyPart(async () => (await import("./bulk/bulk-dialog.tsx")).BulkDialog, {
  giveUp: ({ onClose }) => onClose(),
});
const TagsDialog = lazyPart(async () => (await import("./tags/tags-dialog.tsx")).TagsDialog, {
  giveUp: ({ onClose }) => onClose(),
});
const ChangesDialog = lazyPart(
  async () => (await import("./bulk/changes-dialog.tsx")).ChangesDialog,
  { giveUp: ({ onClose }) => onClose() },
);

const RoleDialog = lazyPart(async () => (await import("./checks/role-dialog.tsx")).RoleDialog, {
  giveUp: ({ onClose }) => onClose(),
});
const ChecksDialog = lazyPart(
  async () => (await import("./checks/checks-dialog.tsx")).ChecksDialog,
  { giveUp: ({ onClose }) => onClose() },
);
const HistoryDialog = lazyPart(
  async () => (await import("./history/history-dialog.tsx")).HistoryDialog,
  { giveUp: ({ onClose }) => onClose() },
);

const ModelsDialog = lazyPart(
  async () => (await import("./history/models-dialog.tsx")).ModelsDialog,
  { giveUp: ({ onClose }) => onClose() },
);
const ConsistencyDialog = lazyPart(
  async () => (await import("./likeness/consistency-dialog.tsx")).ConsistencyDialog,
  { giveUp: ({ onClose }) => onClose() },
);
const NearPicturesDialog = lazyPart(
  async () => (await import("./likeness/near-pictures-dialog.tsx")).NearPicturesDialog,
  { giveUp: ({ onClose }) => onClose() },
);

/** What covers the view, one at a time. Loaded when first opened. */
export function CaptionDialogs({ onClose }: { onClose: () => void }) {
  const dialog = useCaptionView((state) => state.dialog);
  const imageId = dialog !== null && "imageId" in dialog ? (dialog.imageId ?? "") : "";
  const image = useSheet((state) => state.images.get(imageId));
  if (dialog === null) return null;
  switch (dialog.kind) {
    case "sent":
      return image === undefined ? null : <SentDialog image={image} onClose={onClose} />;
    case "sent-all":
      return <SentSumDialog onClose={onClose} />;
    case "ask":
      return <AskDialog dialog={dialog} onClose={onClose} />;
    case "prompt-sent":
      return image === undefined ? null : <PromptSentDialog image={image} onClose={onClose} />;
    case "history":
      return image === undefined ? null : (
        <HistoryDialog image={image} firstFieldId={dialog.fieldId} onClose={onClose} />
      );
    case "models":
      return <ModelsDialog onClose={onClose} />;
    case "consistency":
      return <ConsistencyDialog onClose={onClose} />;
    case "near-pictures":
      return <NearPicturesDialog onClose={onClose} />;
    case "prompts":
      return <PromptsDialog onClose={onClose} />;
    case "field":
      return <FieldDialog fieldId={dialog.fieldId} onClose={onClose} />;
    case "context":
      return <ContextDialog place={dialog} onClose={onClose} />;
    case "bulk":
      return <BulkDialog onClose={onClose} />;
    case "role":
      return <RoleDialog imageIds={dialog.imageIds} onClose={onClose} />;
    case "checks":
      return <ChecksDialog onClose={onClose} />;
    case "tags":
      return <TagsDialog fieldId={dialog.fieldId} onClose={onClose} />;
    case "changes":
      return <ChangesDialog ready={dialog} onClose={onClose} />;
    case "again":
      return <AgainDialog dialog={dialog} onClose={onClose} />;
  }
}

interface AskDialogProps {
  dialog: Extract<CaptionDialog, { kind: "ask" }>;
  onClose: () => void;
}

/** Names the price before a key asks for one text; what is free is asked for without a word. */
function AskDialog({ dialog: { text, how }, onClose }: AskDialogProps) {
  const open = useOpenSheet();
  const fields = useSheet((state) => state.sheet.fields);
  const image = useSheet((state) => state.images.get(text.imageId));
  const isFree = useIsFree(text, how.reuse);
  const [staysSilent, setStaysSilent] = useState(false);
  const estimate = useRunEstimate(modelsAskedFor([text], fields));
  const hasAsked = useRef(false);
  useEffect(() => {
    if (isFree !== true || hasAsked.current) return;
    hasAsked.current = true;
    onClose();
    ask(open, [text], how);
  }, [isFree, onClose, open, text, how]);
  // Until that is known, keys no longer act on the sheet.
  if (isFree === null && image !== undefined) return <span hidden data-covers />;
  if (isFree !== false || image === undefined) return null;
  const again = how.overwrites === undefined ? "" : " again";
  return (
    <Dialog
      title={`Ask about ${imageName(image)}${again}?`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Leave it as it is</Button>
          <Button
            look="strong"
            onClick={() => {
              onClose();
              if (staysSilent) report(changeCaption(open, { asksFirst: false }));
              ask(open, [text], how);
            }}
          >
            Ask{again} · {estimateText(estimate)}
          </Button>
        </>
      }
    >
      <div className="space-y-3 text-pretty">
        {how.overwrites !== undefined && (
          <p>
            The new answer replaces the old one and is paid for. What you wrote yourself stays. One
            undo brings the old answer back.
          </p>
        )}
        <Choice
          type="checkbox"
          label="Don’t ask before this on this sheet"
          checked={staysSilent}
          onChange={({ target }) => setStaysSilent(target.checked)}
        />
      </div>
    </Dialog>
  );
}

interface AgainDialogProps {
  dialog: Extract<CaptionDialog, { kind: "again" }>;
  onClose: () => void;
}

function AgainDialog({ dialog, onClose }: AgainDialogProps) {
  const open = useOpenSheet();
  const { texts, answered, unsettled } = dialog;
  const fields = useSheet((state) => state.sheet.fields);
  const images = new Set(texts.map(({ imageId }) => imageId)).size;
  const asked = modelsAskedFor(texts, fields);
  const estimate = useRunEstimate(asked);
  return (
    <Dialog
      title={`Ask about ${counted(images, "image")} again?`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Leave as they are</Button>
          <Button
            look="strong"
            onClick={() => {
              onClose();
              askAgain(open, texts);
            }}
          >
            Ask again · {estimateText(estimate)}
          </Button>
        </>
      }
    >
      <div className="space-y-2 text-pretty">
        {answered > 0 && (
          <p>
            {amongText(answered, images, ["has an answer", "have answers"])} already. New answers
            replace them and are paid for. What you wrote yourself stays; the new answer is shown
            beside it. One undo brings the old answers back.
          </p>
        )}
        {unsettled > 0 && (
          <p className="text-warn">
            {amongText(unsettled, images, ["is", "are"])} unsettled: sent before, but no answer came
            back. That may have been charged, and asking again may be charged a second time.
          </p>
        )}
        <CapWarning asked={asked} />
      </div>
    </Dialog>
  );
}

/** "It has …", "They have …", "1 of them has …", "3 of them have …". */
function amongText(count: number, total: number, [one, many]: readonly [string, string]): string {
  if (count < total) return counted(count, `of them ${one}`, `of them ${many}`);
  return count === 1 ? `It ${one}` : `They ${many}`;
}
