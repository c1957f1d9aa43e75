import { useState } from "react";
import { useSetting } from "#src/state/use-setting.ts";
import { Choice } from "#src/ui/choice.tsx";

/** Asks the browser for leave the moment it is switched on, never before. */
export function NotifyChoice() {
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
          : "Only while you look at something else."
      }
      disabled={!supported}
      checked={notifyAtEnd && supported}
      onChange={(event) => void change(event.target.checked)}
    />
  );
}
