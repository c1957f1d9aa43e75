import type { ImageId } from "#src/domain/image.ts";
import { report } from "#src/sheet/tell.ts";
import { useServices } from "#src/state/services.ts";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import { Button } from "#src/ui/button.tsx";
import { Menu } from "#src/ui/menu.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";
import type { Face } from "#src/features/age-check/grid/faces.ts";
import { takeAway, type TakeAway } from "./verdicts.ts";
import { useAgeDesk, useAgeView } from "#src/features/age-check/use-age.ts";

/** Takes verdicts and report away, and brings other reviewers’ in. */
export function TakeAwayMenu({ faces }: { faces: ReadonlyMap<ImageId, Face> }) {
  const desk = useAgeDesk();
  const { now } = useServices().sheets;
  const withNames = useAgeView((state) => state.withNames);
  const isEmpty = faces.size === 0;
  const save = (what: TakeAway) => report(takeAway(desk, what, { withNames, now }));
  return (
    <Menu
      label="Files"
      align="end"
      trigger={filesTrigger}
      items={[
        {
          label: "Verdicts as CSV",
          hint: "Hashes instead of pictures; truths, verdicts, seconds",
          disabled: isEmpty,
          onChoose: () => save("csv"),
        },
        {
          label: "Verdicts as JSON",
          hint: "The same, to be merged with another reviewer’s",
          disabled: isEmpty,
          onChoose: () => save("json"),
        },
        {
          label: "Report",
          hint: "One page of HTML that opens anywhere and prints",
          disabled: isEmpty,
          onChoose: () => save("report"),
        },
        {
          label: "With file names",
          hint: "In verdicts and report; else hashes alone",
          checked: withNames,
          onChoose: () => desk.view.setState({ withNames: !withNames }),
        },
        {
          label: "Merge verdict files…",
          hint: "Another reviewer’s, with or without the pictures",
          onChoose: () => desk.view.setState({ dialog: { kind: "merge" } }),
        },
        {
          label: "Truth from a file or names…",
          hint: "Known ages, by file name, hash or pattern",
          disabled: isEmpty,
          onChoose: () => desk.view.setState({ dialog: { kind: "truth" } }),
        },
        {
          label: "Erase everything…",
          hint: "All of Contact Sheet on this device",
          onChoose: () => useShellDialog.getState().open("erase"),
        },
      ]}
    />
  );
}

function filesTrigger(trigger: PopoverTrigger) {
  return <Button {...trigger}>Files</Button>;
}
