import { modelById } from "#src/catalog/find-models.ts";
import { captionRecipe } from "#src/domain/field.ts";
import { EmptySheet } from "#src/sheet/add-images.tsx";
import { RunBar } from "#src/sheet/run-bar.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";

const NONE = { total: 0, done: 0, unended: 0, failed: 0, unanswered: 0 };

/** The desk of a sheet without images, and that of any sheet while the desk loads. */
export function EmptyDesk({ isLoading = false }: { isLoading?: boolean }) {
  const name = useSheet((state) => state.sheet.name);
  const modelId = useSheet((state) => captionRecipe(state.sheet).modelId);
  return (
    <>
      <section aria-label="Sheet" className="flex min-h-0 min-w-0 flex-col">
        <div className="flex shrink-0 flex-wrap items-center gap-x-2.5 gap-y-2 px-3 pt-3.5 pb-3 sm:px-5.5 sm:pt-4.5">
          <h2 className="max-w-full truncate max-sm:sr-only text-title font-[650] tracking-[-0.015em]">
            {name}
          </h2>
          <p className="mr-auto text-xs text-ink-2 max-sm:w-full">{isLoading ? "" : "0 images"}</p>
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-6 sm:px-5.5">
          {!isLoading && <EmptySheet />}
        </div>
      </section>
      <div className="md:col-span-2">
        <RunBar
          counts={NONE}
          start={
            <Button look="strong" keys="$mod+Enter" disabled className="min-w-0">
              {isLoading ? verbOf(modelId) : `${verbOf(modelId)} 0 images`}
            </Button>
          }
          outlook=""
        />
      </div>
    </>
  );
}

/** What a model does to an image, as the first word on the button. */
export function verbOf(modelId: string): "Caption" | "Check" {
  return modelById(modelId)?.answers === "age" ? "Check" : "Caption";
}
