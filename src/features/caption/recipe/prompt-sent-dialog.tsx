import { askedRecipe, modelById } from "#src/catalog/find-models.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import { PROMPT_VARIABLES, variablesIn } from "#src/domain/prompt-variables.ts";
import { useServices } from "#src/state/services.ts";
import { promptSentFor } from "#src/state/sheet/prompt-sent.ts";
import { useOpenSheet } from "#src/state/sheet/use-sheet.ts";
import { Dialog } from "#src/ui/dialog.tsx";

/** The prompt of each field for one image, to the letter: what the next run would send. */
export function PromptSentDialog({ image, onClose }: { image: SheetImage; onClose: () => void }) {
  const { store } = useOpenSheet();
  const { now } = useServices().sheets;
  const state = store.getState();
  const { fields } = state.sheet;
  return (
    <Dialog title={`As sent for ${imageName(image)}`} width="wide" onClose={onClose}>
      <div className="space-y-5">
        {fields.map(({ id, name, recipe, isAsked }) => {
          const asked = askedRecipe(recipe);
          const sent = promptSentFor(
            state,
            { imageId: image.id, fieldId: id, recipe: asked },
            now(),
          );
          const variables = variablesIn(asked.prompt ?? "");
          return (
            <section key={id} aria-label={name}>
              <h3 className="mb-1.5 text-control font-semibold">
                {fields.length === 1 ? "Prompt" : name}
                <span className="font-normal text-ink-2">
                  {" "}
                  · {modelById(recipe.modelId)?.shortName ?? recipe.modelId}
                  {isAsked ? "" : " · not asked for"}
                </span>
              </h3>
              {sent === null ? (
                <p className="text-ink-2">No prompt is sent.</p>
              ) : (
                <p
                  dir="auto"
                  className="rounded border border-line bg-paper px-3 py-2.5 whitespace-pre-wrap wrap-anywhere"
                >
                  {sent}
                </p>
              )}
              {variables.length > 0 && (
                <p className="mt-1.5 text-xs text-ink-2">
                  With{" "}
                  {variables
                    .map((variable) => `{${variable}}: ${PROMPT_VARIABLES[variable]}`)
                    .join("; ")}
                  .
                </p>
              )}
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
