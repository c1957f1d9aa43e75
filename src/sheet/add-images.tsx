import { useState } from "react";
import { classNames } from "#src/lib/class-names.ts";
import { chooseFolder } from "#src/ui/choose-folder.ts";
import { Menu } from "#src/ui/menu.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { MoreButton } from "#src/ui/button.tsx";
import { useAdd } from "./use-add.ts";

const ReferencesDialog = lazyPart(
  async () => (await import("./references-dialog.tsx")).ReferencesDialog,
  { giveUp: ({ onClose }) => onClose() },
);

// Only a help to the file chooser: a file's bytes decide whether it is taken.
const ACCEPT = "image/*,.heic,.heif,.tif,.tiff,.avif";

/**
 * Adds images to the sheet by choosing: files, a folder, addresses. Dropping and pasting work anywhere.
 */
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
        label="More ways to add images"
        align="end"
        trigger={look === "strong" ? strongTrigger : ghostTrigger}
        items={[
          { label: "A folder…", onChoose: () => chooseFolder(add.files) },
          { label: "By web address or UUID…", onChoose: () => setAsksReferences(true) },
        ]}
      />
      {asksReferences && <ReferencesDialog onClose={() => setAsksReferences(false)} />}
    </span>
  );
}

const MORE = "More ways to add images";

function ghostTrigger(trigger: PopoverTrigger) {
  return <MoreButton {...trigger} label={MORE} look="ghost" points="down" />;
}

function strongTrigger(trigger: PopoverTrigger) {
  return <MoreButton {...trigger} label={MORE} look="strong" points="down" />;
}
