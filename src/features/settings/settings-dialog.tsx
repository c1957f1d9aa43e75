import { useState } from "react";
import { type BackgroundChoice, BACKGROUNDS } from "#src/domain/mount.ts";
import { report } from "#src/sheet/tell.ts";
import { useSetting, useConnection, useServices } from "#src/state/services.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import { Button } from "#src/ui/button.tsx";
import { Choice } from "#src/ui/choice.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { controlLook, Field } from "#src/ui/field.tsx";
import { StorageUse } from "./storage-use.tsx";

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

const CHOICES = ["auto", ...BACKGROUNDS] as const;
const MOST_IN_FLIGHT = 16;
// What browsers open to one host over HTTP/1.1.
const HTTP_CONNECTIONS = 6;

/** How the open sheet's tasks are sent, and how large the copies of its images are. */
export function SheetSettings() {
  const { saveSettings } = useOpenSheet();
  const name = useSheet((state) => state.sheet.name);
  const run = useSheet((state) => state.sheet.run);
  return (
    <fieldset className="space-y-3.5">
      <legend className="mb-1.5 text-xs font-semibold text-ink-2">The sheet “{name}”</legend>
      <InFlightField />
      <CopySideField />
      <BackgroundField />
      <Choice
        type="checkbox"
        label="Submit tasks and collect the answers later"
        hint="For slow models: no connection has to stay open for as long as an answer takes."
        checked={run.delivery === "async"}
        onChange={(event) => {
          const delivery = event.target.checked ? "async" : "sync";
          report(saveSettings({ run: { ...run, delivery } }));
        }}
      />
    </fieldset>
  );
}

function InFlightField() {
  const { saveSettings } = useOpenSheet();
  const run = useSheet((state) => state.sheet.run);
  const overHttp = useConnection(
    ({ connection }) => connection?.kind === "proxy" && connection.baseUrl.startsWith("http:"),
  );
  return (
    <Field
      label="Most tasks in flight at once"
      hint={
        overHttp && run.mostInFlight > HTTP_CONNECTIONS
          ? `Over plain HTTP, as here, the browser itself stops at ${HTTP_CONNECTIONS}.`
          : "A run starts at 4, speeds up while the service keeps up, and slows down when it is busy."
      }
    >
      {(control) => (
        <select
          {...control}
          value={run.mostInFlight}
          onChange={(event) =>
            report(saveSettings({ run: { ...run, mostInFlight: Number(event.target.value) } }))
          }
          className={controlLook}
        >
          {Array.from({ length: MOST_IN_FLIGHT }, (_, index) => (
            <option key={index + 1} value={index + 1}>
              {index + 1}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function CopySideField() {
  const { saveSettings } = useOpenSheet();
  const copySide = useSheet((state) => state.sheet.copySide);
  return (
    <Field
      label="Copies that are kept and sent"
      hint="For images added from now on, and for those added since this page was opened; add older ones again. 2,048 px is the most that the service keeps."
    >
      {(control) => (
        <select
          {...control}
          value={copySide}
          onChange={(event) =>
            report(saveSettings({ copySide: event.target.value === "2048" ? 2048 : 1536 }))
          }
          className={controlLook}
        >
          <option value={1536}>At most 1,536 px</option>
          <option value={2048}>At most 2,048 px</option>
        </select>
      )}
    </Field>
  );
}

const BACKGROUND_NAMES: Readonly<Record<BackgroundChoice, string>> = {
  auto: "Automatic: white, or darker for light artwork",
  white: "White",
  grey: "Grey",
  dark: "Dark",
  checker: "Checker",
};

function BackgroundField() {
  const { saveSettings } = useOpenSheet();
  const background = useSheet((state) => state.sheet.background);
  return (
    <Field
      label="Behind transparent pictures"
      hint="Models see no transparency. Its frame says what a picture is sent on; answers so far stay as they are."
    >
      {(control) => (
        <select
          {...control}
          value={background}
          onChange={(event) => {
            const chosen = CHOICES.find((choice) => choice === event.target.value);
            if (chosen !== undefined) report(saveSettings({ background: chosen }));
          }}
          className={controlLook}
        >
          {CHOICES.map((choice) => (
            <option key={choice} value={choice}>
              {BACKGROUND_NAMES[choice]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Asks once before everything goes: this cannot be undone. */
export function EraseDialog({ onClose }: { onClose: () => void }) {
  const { erase } = useServices();
  return (
    <Dialog
      title="Erase everything on this device"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="careful" onClick={() => report(erase())}>
            Erase everything
          </Button>
        </>
      }
    >
      <p className="mb-3 text-caption">
        All that Contact Sheet keeps in this browser goes: sheets, pictures, answers, judgements,
        prompts, what you are typing, settings and keys. There is no undo. Runs stop in every tab.
      </p>
      <p className="text-ink-2">
        Files you exported stay where you saved them. What was sent to the service was sent.
      </p>
    </Dialog>
  );
}
