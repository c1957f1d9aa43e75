import { counted, grouped } from "#src/lib/counted.ts";
import { useState } from "react";
import { readWholeNumber } from "#src/lib/read-number.ts";
import { useServices } from "#src/state/services.ts";
import { drawSample, hunt, type Hunt, HUNTS } from "./samples.ts";
import { Button } from "#src/ui/button.tsx";
import { Choice } from "#src/ui/choice.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { controlLook, Field } from "#src/ui/field.tsx";
import type { Sample } from "#src/features/age-check/set-up/settings.ts";
import { useAgeDesk, useAgeSettings, useFaces } from "#src/features/age-check/age-desk.ts";

const USUAL_SIZE = 100;
const MOST_SEED = 0xffffffff;

/** Draws a sample: at random, or hunting errors. */
export function SampleDialog({ onClose }: { onClose: () => void }) {
  const desk = useAgeDesk();
  const faces = useFaces();
  const { now, newId } = useServices().sheets;
  const settings = useAgeSettings();
  const [what, setWhat] = useState<"random" | Hunt>("random");
  const [size, setSize] = useState(`${Math.min(USUAL_SIZE, faces.size)}`);
  const [seed, setSeed] = useState(() => `${seedFrom(newId())}`);
  const count = wholeAtMost(size, faces.size) ?? 0;
  const drawnBy = wholeAtMost(seed, MOST_SEED) ?? 0;
  const ids =
    what === "random"
      ? drawSample([...faces.keys()], count, drawnBy)
      : hunt([...faces.values()], what, {
          modelIds: settings.modelIds,
          threshold: settings.threshold ?? 21,
        }).slice(0, count);
  const draw = () => {
    const base = { id: newId(), imageIds: ids, drawnAt: now() };
    const sample: Sample =
      what === "random"
        ? { ...base, kind: "random", seed: drawnBy }
        : { ...base, kind: "hunted", by: what };
    desk.change({ samples: [...settings.samples, sample], sampleId: sample.id });
    onClose();
    desk.view.setState({ scope: null });
    desk.showStage(ids[0]);
  };
  return (
    <Dialog
      title="Draw a sample"
      onClose={onClose}
      footer={
        <Button look="strong" disabled={ids.length === 0} onClick={draw}>
          Review {counted(ids.length, "face")}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Kinds what={what} onChoose={setWhat} />
        <NumberField label="How many" value={size} onChange={setSize} most={faces.size} />
        {what === "random" ? (
          <NumberField
            label="Seed"
            hint="The same seed draws the same faces from the same sheet again."
            value={seed}
            onChange={setSeed}
            most={MOST_SEED}
          />
        ) : (
          ids.length === 0 && (
            <p className="text-control text-warn">
              No face matches. Check them with the models first.
            </p>
          )
        )}
      </div>
    </Dialog>
  );
}

type Kind = "random" | Hunt;

const KINDS: readonly { kind: Kind; label: string; hint: string }[] = [
  {
    kind: "random",
    label: "At random",
    hint: "In random order: the only kind whose rates apply to the whole sheet.",
  },
  ...HUNTS.map(({ by, name, hint }) => ({ kind: by, label: `Hunt: ${name.toLowerCase()}`, hint })),
];

function Kinds({ what, onChoose }: { what: Kind; onChoose: (what: Kind) => void }) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-xs font-semibold text-ink-2">Which faces</legend>
      {KINDS.map(({ kind, ...words }) => (
        <Choice
          key={kind}
          type="radio"
          name="sample"
          framed
          {...words}
          checked={what === kind}
          onChange={() => onChoose(kind)}
        />
      ))}
    </fieldset>
  );
}

interface NumberFieldProps {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  most: number;
}

function NumberField({ label, hint, value, onChange, most }: NumberFieldProps) {
  const isWrong = value !== "" && wholeAtMost(value, most) === null;
  const limit = grouped(most);
  return (
    <Field
      label={label}
      hint={hint}
      error={isWrong ? `Write a whole number, at most ${limit}.` : null}
    >
      {(control) => (
        <input
          {...control}
          inputMode="numeric"
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={controlLook}
        />
      )}
    </Field>
  );
}

function wholeAtMost(text: string, most: number): number | null {
  const number = readWholeNumber(text);
  return number !== null && number <= most ? number : null;
}

function seedFrom(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8), 16);
}
