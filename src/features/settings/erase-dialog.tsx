import { report } from "#src/sheet/tell.ts";
import { useServices } from "#src/state/services.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";

/** Asks once before everything goes: this cannot be undone. */
export function EraseDialog({ onClose }: { onClose: () => void }) {
  const { erase } = useServices();
  return (
    <Dialog
      title="Erase everything on this device"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="careful" onClick={() => report(erase())}>
            Erase everything
          </Button>
        </>
      }
    >
      <p className="mb-3 text-caption">
        All that Contact Sheet keeps in this browser goes: sheets, pictures, answers, judgements,
        prompts, what you are typing, settings and keys. There is no undo. Runs stop in every tab.
      </p>
      <p className="text-ink-2">
        Files you exported stay where you saved them. What was sent to the service was sent.
      </p>
    </Dialog>
  );
}
