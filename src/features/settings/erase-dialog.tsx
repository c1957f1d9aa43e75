import { useServices } from "#src/state/services.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { report } from "#src/sheet/tell.ts";

/** Asks once before everything goes: this cannot be undone. */
export function WipeDialog({ onClose }: { onClose: () => void }) {
  const { wipe } = useServices();
  return (
    <Dialog
      title="Wipe everything"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="careful" onClick={() => report(wipe())}>
            Wipe everything from this device
          </Button>
        </>
      }
    >
      <p className="mb-3 text-caption">
        Every sheet, picture, answer and judgement of Contact Sheet in this browser goes, with its
        settings and keys, and there is no undo. Runs stop in every tab.
      </p>
      <p className="text-ink-2">
        Files you took away stay where you saved them. What was sent to the service was sent.
      </p>
    </Dialog>
  );
}
