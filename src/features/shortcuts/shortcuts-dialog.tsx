import { useState } from "react";
import { useStore } from "zustand";
import { classNames } from "#src/lib/class-names.ts";
import { Dialog } from "#src/ui/dialog.tsx";
import { keyLabel } from "#src/ui/key-hint.tsx";
import { isSingleKey, liveActs, shortcutSettings, type LiveAct } from "#src/ui/acts.ts";
import { groupActs } from "./palette-dialog.tsx";

/** Every shortcut that works on the page as it is now. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  // Read once: what is live belongs to the view behind the dialog.
  const [groups] = useState(() => groupActs(liveActs().filter(({ keys }) => keys.length > 0)));
  const singleKeysOn = useStore(shortcutSettings, (settings) => settings.singleKeysOn);
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} width="wide">
      {!singleKeysOn && (
        <p className="mb-4 rounded bg-paper px-3 py-2 text-control text-ink-2">
          Single-character keys are switched off in the settings; those struck through do nothing.
        </p>
      )}
      <div className="gap-x-10 sm:columns-2">
        {[...groups].map(([group, members]) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-2 text-xs font-semibold text-ink-2">{group}</h3>
            <dl className="space-y-1.5">
              {members.map((shortcut) => (
                <ShortcutRow key={shortcut.label} shortcut={shortcut} singleKeysOn={singleKeysOn} />
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="mt-4 text-xs text-ink-2">
        Keys do nothing while you type in a field. What the browser itself does with Ctrl, Cmd or
        Alt is left alone, unless it is listed here.
      </p>
    </Dialog>
  );
}

function ShortcutRow({ shortcut, singleKeysOn }: { shortcut: LiveAct; singleKeysOn: boolean }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt>{shortcut.label}</dt>
      <dd className="flex shrink-0 gap-1">
        {shortcut.keys.map((binding) => (
          <kbd
            key={binding}
            className={classNames(
              "min-w-6 rounded-[4px] border border-line-2 bg-paper px-1.5 py-0.5 text-center font-mono text-xs",
              !singleKeysOn && isSingleKey(binding) && "text-ink-2 line-through",
            )}
          >
            {keyLabel(binding)}
          </kbd>
        ))}
      </dd>
    </div>
  );
}
