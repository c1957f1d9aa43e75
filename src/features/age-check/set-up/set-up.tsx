import { AGE_MODELS } from "#src/catalog/find-models.ts";
import { priceText } from "#src/sheet/recipe-fields.tsx";
import { useSetting } from "#src/state/services.ts";
import { Button } from "#src/ui/button.tsx";
import { Choice } from "#src/ui/choice.tsx";
import { controlLook, Field } from "#src/ui/field.tsx";
import { answeredTasks, type Faces } from "#src/features/age-check/grid/faces.ts";
import { LABEL_SETS } from "./settings.ts";
import { useAgeDesk, useAgeSettings } from "#src/features/age-check/age-desk.ts";
import { sampleName } from "#src/features/age-check/samples/samples.ts";

/** Which models are checked, and how the user judges. */
export function SetUp({ faces }: { faces: Faces }) {
  const desk = useAgeDesk();
  const [reviewer, setReviewer] = useSetting("reviewer");
  return (
    <div className="flex flex-col gap-4">
      <ModelChoices />
      <TruthWords />
      <BlindChoices faces={faces} />
      <UnderReview />
      <Field
        label="Reviewer"
        hint="Your judgements are saved under this name. A new name starts a new reviewer."
      >
        {(control) => (
          <input
            {...control}
            autoComplete="off"
            value={reviewer}
            placeholder="no name"
            onChange={(event) => setReviewer(event.target.value)}
            className={controlLook}
          />
        )}
      </Field>
      <Button
        className="self-start"
        onClick={() => desk.view.setState({ dialog: { kind: "truth" } })}
      >
        Truth from a file or names…
      </Button>
    </div>
  );
}

function ModelChoices() {
  const desk = useAgeDesk();
  const { modelIds } = useAgeSettings();
  const toggle = (id: string, isOn: boolean) => {
    const wanted = new Set(modelIds);
    if (isOn) wanted.add(id);
    else wanted.delete(id);
    const next = AGE_MODELS.map((model) => model.id).filter((one) => wanted.has(one));
    if (next.length > 0) desk.change({ modelIds: next });
  };
  return (
    <fieldset>
      <legend className="mb-1.5 text-xs font-semibold text-ink-2">Models</legend>
      <div className="flex flex-col gap-2">
        {AGE_MODELS.map((model) => (
          <Choice
            key={model.id}
            type="checkbox"
            label={model.name}
            hint={`${model.id} · ${model.ageGroups?.labels.length ?? 0} groups · ${priceText(model)}`}
            checked={modelIds.includes(model.id)}
            disabled={modelIds.length === 1 && modelIds[0] === model.id}
            onChange={(event) => toggle(model.id, event.target.checked)}
          />
        ))}
      </div>
    </fieldset>
  );
}

function TruthWords() {
  const desk = useAgeDesk();
  const { labelSet } = useAgeSettings();
  return (
    <Field
      label="You answer with"
      hint="A truth that is only partly in a model’s group decides nothing: exact ages, or the model’s own groups, decide most."
    >
      {(control) => (
        <select
          {...control}
          value={labelSet}
          onChange={(event) => desk.change({ labelSet: event.target.value })}
          className={controlLook}
        >
          {LABEL_SETS.map(({ set, name }) => (
            <option key={set} value={set}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function BlindChoices({ faces }: { faces: Faces }) {
  const desk = useAgeDesk();
  const { blind, staysForReveal, modelIds, seen } = useAgeSettings();
  const setBlind = (isOn: boolean) => {
    // Without it every verdict could be seen.
    const shown = [...faces.values()]
      .filter((face) => answeredTasks(face, modelIds).length > 0)
      .map((face) => face.image.id);
    desk.change({ blind: isOn, seen: isOn ? [...new Set([...seen, ...shown])] : seen });
  };
  return (
    <div className="flex flex-col gap-2">
      <Choice
        type="checkbox"
        label="Blind first"
        hint="The models’ verdicts stay hidden until you have answered. Turned off, every verdict counts as seen."
        checked={blind}
        onChange={(event) => setBlind(event.target.checked)}
      />
      {blind && (
        <Choice
          type="checkbox"
          label="Stay for the reveal"
          hint="Otherwise the next face appears at once, with the reveal below it."
          checked={staysForReveal}
          onChange={(event) => desk.change({ staysForReveal: event.target.checked })}
        />
      )}
    </div>
  );
}

function UnderReview() {
  const desk = useAgeDesk();
  const { samples, sampleId } = useAgeSettings();
  return (
    <Field label="Under review">
      {(control) => (
        <div className="flex gap-2">
          <select
            {...control}
            value={sampleId ?? ""}
            onChange={(event) => {
              const chosen = event.target.value;
              desk.change({ sampleId: chosen === "" ? null : chosen });
              desk.view.setState({ scope: null });
              if (desk.view.getState().mode === "stage") desk.showStage();
            }}
            className={controlLook}
          >
            <option value="">The whole sheet, in its order</option>
            {samples.map((sample) => (
              <option key={sample.id} value={sample.id}>
                {sampleName(sample)}
              </option>
            ))}
          </select>
          <Button onClick={() => desk.view.setState({ dialog: { kind: "sample" } })}>Draw…</Button>
        </div>
      )}
    </Field>
  );
}
