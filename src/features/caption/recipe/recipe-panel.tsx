import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { PROMPT_PRESETS } from "#src/catalog/presets.ts";
import { modelById } from "#src/catalog/find-models.ts";
import { type Field, withField } from "#src/domain/field.ts";
import type { Recipe } from "#src/domain/recipe.ts";
import { shortened } from "#src/lib/shortened.ts";
import { classNames } from "#src/lib/class-names.ts";
import { ModelPicker, PromptField, SentSizeField } from "#src/sheet/recipe-fields.tsx";
import { useServices } from "#src/state/services.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { captionView, fieldOf, useCaptionView } from "#src/features/caption/view-state.ts";
import { report } from "#src/sheet/tell.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import type { AskingProps } from "./asking.tsx";

// What a first sheet with one field and no image can do without.
const FieldList = lazyPart<AskingProps>(async () => (await import("./asking.tsx")).FieldList);
const PromptChooser = lazyPart<AskingProps>(
  async () => (await import("./asking.tsx")).PromptChooser,
);
const PromptTools = lazyPart<AskingProps>(async () => (await import("./asking.tsx")).PromptTools);
const AnswerForm = lazyPart<AskingProps>(
  async () => (await import("./answer-form.tsx")).AnswerForm,
);

/** What is asked: fields, model, prompt, sent size. Beside the sheet or, on a phone, folded above it. */
export function RecipePanel() {
  const open = useOpenSheet();
  const { sheets } = useServices();
  const fields = useSheet((state) => state.sheet.fields);
  const fieldId = useCaptionView((state) => state.fieldId);
  const field = fieldOf({ fieldId }, fields);
  const { recipe } = field;
  const isSimple = useSheet(({ order, sheet }) => order.length === 0 && sheet.fields.length === 1);
  const copySide = useSheet((state) => state.sheet.copySide);
  const [isOpen, setOpen] = useState(false);
  const model = modelById(recipe.modelId);
  const fieldsWith = (changes: Partial<Recipe>) => ({
    fields: withField(fields, { ...field, recipe: { ...recipe, ...changes } }),
  });
  const change = (changes: Partial<Recipe>) => report(open.saveSettings(fieldsWith(changes)));
  const choose = async (prompt: string) => {
    const [{ choosePrompt }, { libraryOf }] = await Promise.all([
      import("./choose-prompt.ts"),
      import("#src/state/prompt-library.ts"),
    ]);
    await choosePrompt({ open, library: libraryOf(sheets) }, field, { text: prompt });
  };
  const asking = { field, fields };
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
        <span className="min-w-0 flex-1 truncate text-ink-2">{promptWords(field)}</span>
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
        {!isSimple && <FieldList {...asking} />}
        <PromptField
          // Another field has another text, with its own caret and history.
          key={field.id}
          value={recipe.prompt ?? PROMPT_PRESETS[0].prompt}
          refusal={model?.prompt === "none" ? model.promptNote : null}
          note={model?.promptNote ?? null}
          of={fields.length === 1 ? null : field.name}
          {...(isSimple
            ? {}
            : {
                library: <PromptChooser {...asking} />,
                tools: <PromptTools {...asking} />,
              })}
          onChange={(prompt) => report(open.typeSettings(fieldsWith({ prompt })))}
          onChoose={(prompt) => report(choose(prompt))}
        />
        {!isSimple && <AnswerForm {...asking} />}
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

function promptWords({ recipe: { modelId, prompt } }: Field): string {
  if (modelById(modelId)?.prompt === "none") return "takes no prompt";
  const preset = PROMPT_PRESETS.find((candidate) => candidate.prompt === prompt);
  return preset?.name ?? (prompt === null || prompt === "" ? "no prompt" : shortened(prompt, 120));
}
