import { imageName, type SheetImage } from "#src/domain/image.ts";
import type { AgeReport } from "#src/exports/age-report.ts";
import type { VerdictRow } from "#src/exports/verdict-files.ts";
import { counted } from "#src/lib/counted.ts";
import { report } from "#src/sheet/tell.ts";
import { useServices } from "#src/state/services.ts";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Menu, type MenuItem, wordsTrigger } from "#src/ui/menu.tsx";
import { fixFrames } from "#src/state/pictures/frame-numbers.ts";
import { saveFile, tellTaken } from "./save-file.ts";

interface FilesMenuProps {
  faces: readonly { image: SheetImage; hash: string | null; simulated: boolean }[];
  /** Every judge's word beside every model's. */
  rows: () => Promise<VerdictRow[]>;
  report: () => Promise<AgeReport>;
  withNames: boolean;
  onWithNames: (withNames: boolean) => void;
  /** What files bring onto the sheet. */
  incoming: readonly MenuItem[];
}

/** Takes Age check's verdicts and report away, and brings those of others in. */
export function FilesMenu({ faces, rows, withNames, onWithNames, ...rest }: FilesMenuProps) {
  const { now } = useServices().sheets;
  const sheetName = useSheet((state) => state.sheet.name);
  const isEmpty = faces.length === 0;
  const about = { sheetName, simulated: faces.some((face) => face.simulated) };
  const saveVerdicts = async (ending: "csv" | "json"): Promise<void> => {
    const [taken, files] = await Promise.all([rows(), import("#src/exports/verdict-files.ts")]);
    const content =
      ending === "csv" ? files.verdictsCsv(taken) : files.verdictsJson(sheetName, taken, now());
    saveFile({ ...about, holds: "verdicts", ending, content });
    tellWithoutHash(faces);
  };
  const saveReport = async (): Promise<void> => {
    fixFrames();
    const [made, { ageReportHtml }] = await Promise.all([
      rest.report(),
      import("#src/exports/age-report.ts"),
    ]);
    saveFile({ ...about, holds: "report", ending: "html", content: ageReportHtml(made) });
  };
  return (
    <Menu
      label="Files"
      align="end"
      trigger={wordsTrigger("Files")}
      items={[
        {
          label: "Verdicts as CSV",
          hint: "Hashes instead of pictures; truths, verdicts, seconds",
          disabled: isEmpty,
          onChoose: () => report(saveVerdicts("csv")),
        },
        {
          label: "Verdicts as JSON",
          hint: "The same, to be merged with another reviewer’s",
          disabled: isEmpty,
          onChoose: () => report(saveVerdicts("json")),
        },
        {
          label: "Report",
          hint: "One page of HTML that opens anywhere and prints",
          disabled: isEmpty,
          onChoose: () => report(saveReport()),
        },
        {
          label: "With file names",
          hint: "In verdicts and report; otherwise only hashes",
          checked: withNames,
          onChoose: () => onWithNames(!withNames),
        },
        ...rest.incoming,
        {
          label: "Erase everything…",
          hint: "Everything of Contact Sheet on this device",
          onChoose: () => useShellDialog.getState().open("erase"),
        },
      ]}
    />
  );
}

// A picture by address has no hash here: nothing in the file says which one it was.
function tellWithoutHash(faces: FilesMenuProps["faces"]): void {
  const without = faces.filter((face) => face.hash === null);
  const [first] = without;
  if (first === undefined) return;
  tellTaken(
    `${counted(without.length, "face has", "faces have")} no hash, such as ${imageName(first.image)}: others can’t merge ${without.length === 1 ? "it" : "them"}.`,
  );
}
