import { useRef, useState, type FormEvent } from "react";
import { trimKey, type KeyPlace } from "#src/state/connection-store.ts";
import { useServices, useConnection } from "#src/state/services.ts";
import { Button } from "#src/ui/button.tsx";
import { Choice } from "#src/ui/choice.tsx";
import { controlLook, Field } from "#src/ui/field.tsx";
import { report } from "#src/sheet/tell.ts";

const PLACES: readonly { place: KeyPlace; label: string; hint: string }[] = [
  { place: "memory", label: "Don’t remember", hint: "Gone with a reload." },
  { place: "tab", label: "Remember in this tab", hint: "Gone when the tab is closed." },
  {
    place: "device",
    label: "Remember on this device",
    hint: "Anyone who uses this browser profile, and any extension that reads this page, can take the key and spend from your account.",
  },
];

const RESTS: Record<KeyPlace, string> = {
  memory: "A key is in use, until this page is reloaded.",
  tab: "A key is in use, until this tab is closed.",
  device: "A key is in use, and remembered on this device.",
};

/** Takes a key and forgets what was typed: the key goes to its place, and the field is empty again. */
export function KeyForm() {
  const { connections, queries } = useServices();
  const keyPlace = useConnection((state) => state.keyPlace);
  const [place, setPlace] = useState<KeyPlace>(keyPlace ?? "memory");
  const [error, setError] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const field = input.current;
    if (field === null) return;
    if (trimKey(field.value) === "") {
      setError("Paste your key first. Runware shows it under API keys in your account.");
      return;
    }
    connections.keepKey(field.value, place);
    // Uncontrolled, so that no state and no attribute ever held it.
    field.value = "";
    setError(null);
    report(queries().then((loaded) => loaded.invalidateQueries({ queryKey: ["balance"] })));
  };
  return (
    <form onSubmit={submit} className="mt-5" autoComplete="off">
      {keyPlace !== null && <KeyInUse place={keyPlace} />}
      <Field label={keyPlace === null ? "API key" : "Another API key"} error={error}>
        {(control) => (
          <div className="flex gap-2">
            <input
              {...control}
              ref={input}
              type="password"
              autoComplete="off"
              spellCheck={false}
              className={controlLook}
            />
            <Button type="submit" look={keyPlace === null ? "strong" : "ghost"}>
              Use key
            </Button>
          </div>
        )}
      </Field>
      <PlaceChoices
        place={place}
        onChange={(chosen) => {
          setPlace(chosen);
          // The key in use goes there at once: a choice that waits for another key would do nothing.
          connections.moveKey(chosen);
        }}
      />
    </form>
  );
}

function KeyInUse({ place }: { place: KeyPlace }) {
  const { connections, queries } = useServices();
  return (
    <div className="mb-3 flex items-center justify-between gap-3 rounded bg-paper px-3 py-2">
      <p className="text-control">{RESTS[place]}</p>
      <Button
        look="careful"
        onClick={() => {
          connections.forgetKey();
          report(queries().then((loaded) => loaded.removeQueries({ queryKey: ["balance"] })));
        }}
      >
        Forget it
      </Button>
    </div>
  );
}

interface PlaceChoicesProps {
  place: KeyPlace;
  onChange: (place: KeyPlace) => void;
}

function PlaceChoices({ place, onChange }: PlaceChoicesProps) {
  return (
    <fieldset className="mt-3 space-y-1.5">
      <legend className="sr-only">Where the key is kept</legend>
      {PLACES.map(({ place: each, label, hint }) => (
        <Choice
          key={each}
          type="radio"
          name="key-place"
          label={label}
          hint={
            each === "device" && place === "device" ? (
              <span className="text-warn">{hint}</span>
            ) : (
              hint
            )
          }
          checked={place === each}
          onChange={() => onChange(each)}
        />
      ))}
    </fieldset>
  );
}
