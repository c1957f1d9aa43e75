import { imageName, type ImageId } from "#src/domain/image.ts";
import { safeName } from "#src/exports/safe-names.ts";
import { download } from "#src/ui/download.ts";
import { showToast } from "#src/ui/toasts.ts";
import type { AgeDesk } from "#src/features/age-check/age-desk.ts";
import type { Face } from "#src/features/age-check/grid/faces.ts";
import { allFigures } from "#src/features/age-check/figures/use-figures.ts";

/** What can be saved. */
export type TakeAway = "csv" | "json" | "report";

/** Writes one of the files and hands it to the browser's downloads. */
export async function takeAway(
  desk: AgeDesk,
  what: TakeAway,
  { withNames, now }: { withNames: boolean; now: () => number },
): Promise<void> {
  const faces = desk.faces();
  const simulated = [...faces.values()].some((face) => face.simulated);
  const { sheet } = desk.open.store.getState();
  const stem = `${safeName(sheet.name, "age-check")}${simulated ? " (simulated)" : ""}`;
  if (what === "report") {
    const [{ ageReportHtml }, { buildReport }] = await Promise.all([
      import("#src/exports/age-report.ts"),
      import("#src/features/age-check/figures/build-report.ts"),
    ]);
    const report = buildReport({
      sheetName: sheet.name,
      faces: [...faces.values()],
      settings: desk.settings(),
      figures: allFigures(faces, desk.settings(), desk.view.getState()),
      withNames,
      madeAt: now(),
    });
    download(ageReportHtml(report), `${stem} report.html`, "text/html");
    return;
  }
  const [{ verdictRows }, files] = await Promise.all([
    import("#src/features/age-check/verdict-rows.ts"),
    import("#src/exports/verdict-files.ts"),
  ]);
  const rows = verdictRows(faces.values(), {
    modelIds: desk.settings().modelIds,
    pictures: desk.open.store.getState().pictures,
    withNames,
  });
  if (what === "csv") download(files.verdictsCsv(rows), `${stem} verdicts.csv`, "text/csv");
  else
    download(
      files.verdictsJson(sheet.name, rows, now()),
      `${stem} verdicts.json`,
      "application/json",
    );
  tellWithoutHash(faces);
}

// A picture by address has no hash here: nothing in the file tells which it was.
function tellWithoutHash(faces: ReadonlyMap<ImageId, Face>): void {
  const without = [...faces.values()].filter((face) => face.hash === null);
  if (without.length === 0) return;
  showToast({
    text: `${without.length} ${without.length === 1 ? "face has" : "faces have"} no hash, such as ${without
      .slice(0, 1)
      .map(({ image }) => imageName(image))
      .join()}: others can’t merge ${without.length === 1 ? "it" : "them"}.`,
    kind: "export",
  });
}
