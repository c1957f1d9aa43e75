import { useState } from "react";
import { classNames } from "#src/lib/class-names.ts";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import { Button } from "#src/ui/button.tsx";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { Menu, moreTrigger } from "#src/ui/menu.tsx";
import { report } from "./tell.ts";
import { useAdd } from "./use-add.ts";

const ReferencesDialog = lazyPart(
  async () => (await import("./references-dialog.tsx")).ReferencesDialog,
  { giveUp: ({ onClose }) => onClose() },
);

const MORE = "More ways to add images";
// Only a help to the file chooser: a file's bytes decide whether it is taken.
const ACCEPT =
  "image/*,.heic,.heif,.tif,.tiff,.avif,.svgz,.jxl,.jp2,.j2k,.psd,.psb,.exr,.tga,.dds,.pcx,.qoi,.dng,.nef,.cr2,.cr3,.arw,.raf,.orf,.rw2,.pef,.txt,.caption,.xmp,.csv,.json,.jsonl";

/** Adds images to the sheet by choosing: files, a folder, addresses. Dropping and pasting work anywhere. */
export function AddImages({ look = "ghost" }: { look?: "ghost" | "strong" }) {
  const add = useAdd();
  const [asksReferences, setAsksReferences] = useState(false);
  return (
    <span className="inline-flex">
      {/* The label is the button, so that the file input itself takes the focus and the name. */}
      <label
        className={classNames(
          "inline-flex cursor-pointer items-center rounded rounded-r-none has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus pointer-coarse:min-h-10",
          look === "strong"
            ? "bg-ink px-4.5 py-2 text-sm font-semibold text-sheet hover:bg-ink/88"
            : "border border-line-2 bg-sheet px-2.75 py-1.25 text-control hover:bg-paper",
        )}
      >
        Add images
        <input
          type="file"
          multiple
          accept={ACCEPT}
          className="sr-only"
          onChange={(event) => {
            add.files([...(event.target.files ?? [])]);
            // So that choosing the same file again counts as a change.
            event.target.value = "";
          }}
        />
      </label>
      <Menu
        label={MORE}
        align="end"
        trigger={moreTrigger({ label: MORE, look, points: "down" })}
        items={[
          { label: "A folder…", onChoose: () => chooseFolder(add.files) },
          { label: "By web address or UUID…", onChoose: () => setAsksReferences(true) },
          {
            label: "Back from the trash…",
            onChoose: () => useShellDialog.getState().open("trash"),
          },
        ]}
      />
      {asksReferences && <ReferencesDialog onClose={() => setAsksReferences(false)} />}
    </span>
  );
}

/** Opens the browser's folder chooser; calls back with every file of the folder and its sub-folders. */
function chooseFolder(onFiles: (files: readonly File[]) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.webkitdirectory = true;
  input.hidden = true;
  input.addEventListener("change", () => {
    onFiles([...(input.files ?? [])]);
    input.remove();
  });
  input.addEventListener("cancel", () => input.remove());
  // Attached to the page, or Safari may collect it while the chooser is open.
  document.body.append(input);
  input.click();
}

const FRAMES = [1, 2, 3, 4, 5, 6] as const;

/** An empty sheet: an invitation to drop, browse, or see what it looks like with pictures. */
export function EmptySheet() {
  const add = useAdd();
  const [loading, setLoading] = useState(false);
  const loadSamples = async () => {
    setLoading(true);
    await add.samples();
    setLoading(false);
  };
  const loadPublished = async () => {
    const { PUBLISHED_PICTURES } = await import("#src/catalog/published-pictures.ts");
    add.references(PUBLISHED_PICTURES.map((picture) => ({ kind: "url", ...picture })));
  };
  return (
    <div className="mx-auto flex max-w-2xl flex-col items-center px-2 py-8 text-center sm:py-14">
      <EmptyFilm />
      <h3 className="mt-7 mb-2 text-xl font-semibold tracking-tight">Drop images anywhere</h3>
      <p className="mb-5 max-w-[52ch] text-caption text-ink-2 text-pretty">
        Files or whole folders: JPEG, PNG, WebP, HEIC, AVIF, TIFF, GIF, SVG and more. Paste works
        too. Only a smaller copy without location and camera data ever leaves this browser.
      </p>
      <AddImages look="strong" />
      <p className="mt-7 flex flex-wrap items-center justify-center gap-2 text-control text-ink-2">
        <span>Nothing at hand?</span>
        <Button disabled={loading} onClick={() => report(loadSamples())}>
          {loading ? "Loading…" : "Load the sample sheet"}
        </Button>
        <Button
          title="Twelve pictures from the service’s documentation, by web address"
          onClick={() => report(loadPublished())}
        >
          Load the published examples
        </Button>
      </p>
    </div>
  );
}

/** A strip of unexposed film. */
function EmptyFilm() {
  return (
    <div aria-hidden="true" className="flex w-full max-w-lg overflow-hidden rounded bg-film p-2">
      {FRAMES.map((frame) => (
        <div key={frame} className="min-w-0 flex-1 px-1">
          <div className="mb-1 font-mono text-[0.625rem] leading-none text-edge">▸ 0{frame}</div>
          <div className="aspect-3/4 rounded-xs bg-edge/12" />
        </div>
      ))}
    </div>
  );
}
