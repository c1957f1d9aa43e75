import { report } from "#src/sheet/tell.ts";
import { useConnection } from "#src/state/services.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Choice } from "#src/ui/choice.tsx";
import { controlLook, Field } from "#src/ui/field.tsx";

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
      <InFlightField
        mostInFlight={run.mostInFlight}
        onChange={(mostInFlight) => report(saveSettings({ run: { ...run, mostInFlight } }))}
      />
      <CopySideField />
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

interface InFlightFieldProps {
  mostInFlight: number;
  onChange: (mostInFlight: number) => void;
}

function InFlightField({ mostInFlight, onChange }: InFlightFieldProps) {
  const overHttp = useConnection(
    ({ connection }) => connection?.kind === "proxy" && connection.baseUrl.startsWith("http:"),
  );
  return (
    <Field
      label="Most tasks in flight at once"
      hint={
        overHttp && mostInFlight > HTTP_CONNECTIONS
          ? `Over plain HTTP, as here, the browser itself stops at ${HTTP_CONNECTIONS}.`
          : "A run starts at 4, speeds up while the service keeps up, and slows down when it is busy."
      }
    >
      {(control) => (
        <select
          {...control}
          value={mostInFlight}
          onChange={(event) => onChange(Number(event.target.value))}
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
