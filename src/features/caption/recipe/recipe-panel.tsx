import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { PROMPT_PRESETS } from "#src/catalog/presets.ts";
import { modelById } from "#src/catalog/find-models.ts";
import { captionRecipe, withCaptionRecipe } from "#src/domain/field.ts";
import type { Recipe } from "#src/domain/recipe.ts";
import { shortened } from "#src/lib/shortened.ts";
import { classNames } from "#src/lib/class-names.ts";
import { ModelPicker, PromptField, SentSizeField } from "#src/sheet/recipe-fields.tsx";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { captionView } from "#src/features/caption/view-state.ts";
import { report } from "#src/sheet/tell.ts";

/** What is asked: model, prompt, sent size. Beside the sheet or, on a phone, folded above it. */
export function RecipePanel() {
  const { saveSettings, typeSettings } = useOpenSheet();
  const fields = useSheet((state) => state.sheet.fields);
  const recipe = captionRecipe({ fields });
  const copySide = useSheet((state) => state.sheet.copySide);
  const [isOpen, setOpen] = useState(false);
  const model = modelById(recipe.modelId);
  const fieldsWith = (changes: Partial<Recipe>) => ({
    fields: withCaptionRecipe(fields, { ...recipe, ...changes }),
  });
  const change = (changes: Partial<Recipe>) => report(saveSettings(fieldsWith(changes)));
  return (
    <aside
      aria-label="Recipe"
      className="min-h-0 border-b border-line bg-sheet md:overflow-y-auto md:border-r md:border-b-0"
    >
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-11 w-full items-center gap-2 px-3 text-left text-control md:hidden"
      >
        <span className="font-semibold">{model?.shortName ?? recipe.modelId}</span>
        <span className="min-w-0 flex-1 truncate text-ink-2">{promptWords(recipe)}</span>
        <ChevronDown
          size={16}
          aria-hidden="true"
          className={classNames("shrink-0 text-ink-2", isOpen && "rotate-180")}
        />
      </button>
      <div
        className={classNames(
          "max-h-[60dvh] flex-col gap-4.5 overflow-y-auto px-4.5 py-4.5 md:flex md:max-h-none md:overflow-visible",
          isOpen ? "flex" : "hidden",
        )}
      >
        <ModelPicker
          modelId={recipe.modelId}
          onChange={(chosen) => change({ modelId: chosen.id })}
        />
        <PromptField
          value={recipe.prompt ?? PROMPT_PRESETS[0].prompt}
          refusal={model?.takesPrompt === false ? model.promptNote : null}
          onChange={(prompt) => report(typeSettings(fieldsWith({ prompt })))}
        />
        <SentSizeField
          recipe={recipe}
          copySide={copySide}
          hint={<SentHint />}
          onChange={(sentSize) => change({ sentSize })}
        />
      </div>
    </aside>
  );
}

function SentHint() {
  const view = captionView(useOpenSheet());
  return (
    <>
      Location and camera data are removed before anything leaves this browser.{" "}
      <button
        type="button"
        className="underline underline-offset-2 hover:text-ink"
        onClick={() => view.setState({ dialog: { kind: "sent-all" } })}
      >
        What leaves it
      </button>
    </>
  );
}

function promptWords({ modelId, prompt }: Recipe): string {
  if (modelById(modelId)?.takesPrompt === false) return "takes no prompt";
  const preset = PROMPT_PRESETS.find((candidate) => candidate.prompt === prompt);
  return preset?.name ?? (prompt === null || prompt === "" ? "no prompt" : shortened(prompt, 120));
}
