import { Button } from "#src/ui/button.tsx";
import { Menu } from "#src/ui/menu.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";
import { copyText } from "#src/sheet/tell.ts";
import { useDesk } from "./compare-desk.ts";
import { setupHref } from "./setup-link.tsx";

/** Takes the comparison, or its set-up, away. */
export function ShareMenu() {
  const desk = useDesk();
  return (
    <Menu
      label="Share"
      align="end"
      trigger={shareTrigger}
      items={[
        {
          label: "Copy a link to these columns",
          hint: "Models, prompts and sizes; no pictures, no key",
          onChoose: () => copyText(setupHref(desk.columns.settings()), "Link copied."),
        },
      ]}
    />
  );
}

function shareTrigger(trigger: PopoverTrigger) {
  return <Button {...trigger}>Share</Button>;
}
