import type { SheetImage } from "#src/domain/image.ts";
import type { Task } from "#src/domain/task.ts";
import { requestText, type RequestForm } from "#src/exports/request-text.ts";
import { useSheet } from "#src/state/use-sheet.ts";
import { copyText } from "#src/sheet/tell.ts";
import { Button } from "#src/ui/button.tsx";
import { Menu } from "#src/ui/menu.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";

const FORMS: readonly { form: RequestForm; label: string }[] = [
  { form: "curl", label: "curl" },
  { form: "fetch", label: "fetch" },
  { form: "json", label: "JSON" },
];

/** Copies the request of a task, without the key and with the picture by its name. */
export function CopyRequest({ task, image }: { task: Task; image: SheetImage }) {
  const delivery = useSheet((state) => state.sheet.run.delivery);
  return (
    <Menu
      label="Copy the request as"
      trigger={trigger}
      items={FORMS.map(({ form, label }) => ({
        label,
        onChoose: () =>
          copyText(requestText(task, image, { form, delivery }), `Request copied as ${label}.`),
      }))}
    />
  );
}

function trigger(props: PopoverTrigger) {
  return (
    <Button {...props} look="mini">
      Copy as…
    </Button>
  );
}
