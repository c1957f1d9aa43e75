import { shortened } from "#src/lib/shortened.ts";
import { PromptField } from "#src/sheet/prompt-field.tsx";
import { Button } from "#src/ui/button.tsx";
import { Popover, type PopoverTrigger } from "#src/ui/popover.tsx";
import { HeldAgainst } from "./held-against.tsx";
import { useDesk, type Comparison } from "#src/features/compare/compare-desk.ts";

/** The prompt that columns share, and where it is changed. */
export function SharedPrompt({ comparison }: { comparison: Comparison }) {
  const { columns } = useDesk();
  const { settings, columns: compared } = comparison;
  const sharing = compared.filter(
    ({ column, recipe }) => column.prompt === null && recipe.prompt !== null,
  ).length;
  const whose =
    sharing === compared.length
      ? "shared by all columns"
      : `shared by ${sharing} of ${compared.length}`;
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center justify-between gap-x-2">
        <h3 className="text-sm font-[650]">Images</h3>
        <Popover
          label="Shared prompt"
          trigger={promptTrigger}
          className="w-[min(26rem,calc(100vw-1rem))]"
        >
          {() => (
            <>
              <PromptField
                value={settings.sharedPrompt}
                refusal={null}
                onChange={(sharedPrompt) => columns.change({ sharedPrompt })}
              />
              {/* On a phone the head has no room for it. */}
              <HeldAgainst comparison={comparison} className="mt-3 sm:hidden" />
            </>
          )}
        </Popover>
      </div>
      <p className="text-xs text-ink-2 max-sm:hidden">Prompt {whose}:</p>
      <p className="line-clamp-2 text-xs text-ink-2 wrap-anywhere max-sm:hidden" dir="auto">
        {settings.sharedPrompt === "" ? "(none)" : `“${shortened(settings.sharedPrompt, 400)}”`}
      </p>
    </div>
  );
}

function promptTrigger(trigger: PopoverTrigger) {
  return (
    <Button {...trigger} look="mini" className="-mr-1">
      Prompt…
    </Button>
  );
}
