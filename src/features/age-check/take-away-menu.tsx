import type { ImageId } from "#src/domain/image.ts";
import { Button } from "#src/ui/button.tsx";
import { Menu } from "#src/ui/menu.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";
import type { Face } from "./faces.ts";
import { useAgeDesk } from "./use-age.ts";

/** Takes verdicts and report away, brings other reviewers' in, and wipes. */
export function TakeAwayMenu({ faces: _faces }: { faces: ReadonlyMap<ImageId, Face> }) {
  const desk = useAgeDesk();
  return (
    <Menu
      label="Files"
      align="end"
      trigger={filesTrigger}
      items={[
        {
          label: "Wipe everything…",
          hint: "Sheets, pictures, answers, judgements and keys on this device",
          onChoose: () => desk.view.setState({ dialog: { kind: "wipe" } }),
        },
      ]}
    />
  );
}

function filesTrigger(trigger: PopoverTrigger) {
  return <Button {...trigger}>Files</Button>;
}
