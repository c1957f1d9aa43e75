import { useState } from "react";
import { Button } from "#src/ui/button.tsx";
import { AddImages } from "./add-images.tsx";
import { useAdd } from "./use-add.ts";
import { report } from "./tell.ts";

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
