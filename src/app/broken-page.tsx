import { Button } from "#src/ui/button.tsx";
import { WholePage } from "./whole-page.tsx";

/** A fault of the app itself. What was answered is in storage, and stays there. */
export function BrokenPage() {
  return (
    <WholePage title="Something in the app broke">
      <p>
        Your sheets and every answer are kept, and nothing that was paid for is lost. Reloading
        takes up where this left off; a task that was on its way is looked up, not sent twice.
      </p>
      <p>
        <Button look="strong" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </p>
    </WholePage>
  );
}
