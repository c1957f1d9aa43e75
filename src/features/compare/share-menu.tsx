import { Button } from "#src/ui/button.tsx";
import { Menu } from "#src/ui/menu.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";
import { copyText, report } from "#src/sheet/tell.ts";
import { useServices } from "#src/state/services.ts";
import { useOpenSheet } from "#src/state/use-sheet.ts";
import { useDesk } from "./compare-desk.ts";
import type { ExportForm } from "./export-comparison.ts";
import { setupHref } from "./columns/setup-link.tsx";

/** Takes the comparison, or its set-up, away. */
export function ShareMenu() {
  const desk = useDesk();
  const open = useOpenSheet();
  const { storages } = useServices().sheets;
  const save = (form: ExportForm) => () =>
    report(
      import("./export-comparison.ts").then(({ exportComparison }) =>
        exportComparison(form, { open, desk, storages }),
      ),
    );
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
        {
          label: "Replay as one HTML file",
          hint: "Opens from disk, without a network; with the pictures",
          onChoose: save("replay"),
        },
        { label: "Replay without the pictures", onChoose: save("replay-without-pictures") },
        { label: "CSV of all cells", onChoose: save("csv") },
        { label: "JSON of all cells", onChoose: save("json") },
        {
          label: "Preferences as JSONL",
          hint: "Chosen and rejected answers, with the order shown",
          onChoose: save("preferences"),
        },
      ]}
    />
  );
}

function shareTrigger(trigger: PopoverTrigger) {
  return <Button {...trigger}>Share</Button>;
}
