import { useSetting } from "#src/state/services.ts";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import { Button } from "#src/ui/button.tsx";
import { Choice } from "#src/ui/choice.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { SheetSettings } from "./sheet-settings.tsx";
import { StorageUse } from "./storage-use.tsx";
import { useState } from "react";
import { report } from "#src/sheet/tell.ts";

const THEMES = [
  { theme: "system", label: "Same as the system" },
  { theme: "light", label: "Light: the lightbox" },
  { theme: "dark", label: "Dark: the darkroom" },
] as const;

/** What the user prefers on this device, and the room that sheets take. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const [theme, setTheme] = useSetting("theme");
  const [letterKeys, setLetterKeys] = useSetting("letterKeys");
  const [keepAwake, setKeepAwake] = useSetting("keepAwake");
  return (
    <Dialog title="Settings" onClose={onClose}>
      <div className="space-y-6">
        <fieldset className="space-y-1.5">
          <legend className="mb-1.5 text-xs font-semibold text-ink-2">Theme</legend>
          {THEMES.map((each) => (
            <Choice
              key={each.theme}
              type="radio"
              name="theme"
              label={each.label}
              checked={theme === each.theme}
              onChange={() => setTheme(each.theme)}
            />
          ))}
        </fieldset>
        <fieldset className="space-y-2.5">
          <legend className="mb-1.5 text-xs font-semibold text-ink-2">During a run</legend>
          <NotifyChoice />
          <Choice
            type="checkbox"
            label="Keep this device awake"
            hint="Only during a run, while the page is visible."
            checked={keepAwake}
            onChange={(event) => setKeepAwake(event.target.checked)}
          />
        </fieldset>
        <fieldset>
          <legend className="mb-1.5 text-xs font-semibold text-ink-2">Keyboard</legend>
          <Choice
            type="checkbox"
            label="Single keys act as shortcuts"
            hint="Switch this off if you dictate, or often press keys you don’t mean. Keys with Ctrl or Cmd, arrows and Enter keep working."
            checked={letterKeys}
            onChange={(event) => setLetterKeys(event.target.checked)}
          />
        </fieldset>
        <SheetSettings />
        <StorageUse />
        <div className="flex items-center justify-between gap-3">
          <p className="text-xs text-ink-2">
            All that Contact Sheet keeps in this browser can go at once, in every tab.
          </p>
          <Button
            look="careful"
            onClick={() => useShellDialog.getState().open("erase")}
            className="shrink-0"
          >
            Erase everything…
          </Button>
        </div>
        <p className="text-xs">
          <a className="underline" href="./notices.txt" target="_blank" rel="noreferrer">
            Licences of the libraries and fonts in this app
          </a>
        </p>
      </div>
    </Dialog>
  );
}

/** Asks the browser for permission the moment it is switched on, never before. */
function NotifyChoice() {
  const [notifyAtEnd, setNotifyAtEnd] = useSetting("notifyAtEnd");
  const [refused, setRefused] = useState(false);
  const change = async (wanted: boolean): Promise<void> => {
    const allowed = wanted && (await Notification.requestPermission()) === "granted";
    setRefused(wanted && !allowed);
    setNotifyAtEnd(allowed);
  };
  const supported = "Notification" in window;
  return (
    <Choice
      type="checkbox"
      label="Notify me at the end of a run"
      hint={
        refused
          ? "The browser does not allow it: change that in its settings for this address."
          : "Only while you are looking at something else."
      }
      disabled={!supported}
      checked={notifyAtEnd && supported}
      onChange={(event) => report(change(event.target.checked))}
    />
  );
}
