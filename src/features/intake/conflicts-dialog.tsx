import { useId, useState } from "react";
import { imageName } from "#src/domain/image.ts";
import type { CaptionConflict } from "#src/imports/caption-report.ts";
import type { StandingBy, TextOption } from "#src/imports/place-texts.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { shortened } from "#src/lib/shortened.ts";
import { FramePicture } from "#src/sheet/frame.tsx";
import { report } from "#src/sheet/tell.ts";
import type { DropReport } from "#src/state/pictures/drop-report.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button, Chip } from "#src/ui/button.tsx";
import { Choice } from "#src/ui/choice.tsx";
import { Dialog } from "#src/ui/dialog.tsx";

const BY: Readonly<Record<StandingBy, string>> = {
  person: "On the sheet, written by hand",
  model: "On the sheet, a model’s words",
  existing: "On the sheet, from a file",
};

// Thousands would take long to lay out; what is said for all holds for the rest too.
const MOST_SHOWN = 200;
const MOST_LETTERS = 400;
/** Neither of the texts. */
const NONE = -1;

const FOR_ALL = [
  { label: "As suggested", choose: ({ wins }: CaptionConflict) => wins },
  {
    label: "Take what came",
    choose: ({ options }: CaptionConflict) => options.findIndex(({ kind }) => kind === "came"),
  },
  {
    label: "Keep the sheet as it is",
    choose: ({ options }: CaptionConflict) => options.findIndex(({ kind }) => kind === "standing"),
  },
] as const;

interface ConflictsDialogProps {
  captions: DropReport;
  onClose: () => void;
}

/** Texts that differ, side by side, with the one that is taken unless the user chooses another. */
export function ConflictsDialog({ captions, onClose }: ConflictsDialogProps) {
  const { conflicts, settle } = captions;
  const [choices, setChoices] = useState(() => conflicts.map(({ wins }) => wins));
  const taken = conflicts.filter(
    ({ options }, at) => options[choices[at] ?? NONE]?.kind === "came",
  ).length;
  const kept = conflicts.length - taken;
  const hidden = conflicts.length - MOST_SHOWN;
  const all = FOR_ALL.find(({ choose }) =>
    conflicts.every((conflict, at) => choices[at] === choose(conflict)),
  );
  const words = [
    taken === 0 ? "" : `Take ${grouped(taken)}`,
    kept === 0 ? "" : `${taken === 0 ? "Keep" : "keep"} ${grouped(kept)} as they are`,
  ].filter((part) => part !== "");
  return (
    <Dialog
      title={counted(conflicts.length, "text differs", "texts differ")}
      width="wide"
      onClose={onClose}
      footer={
        <>
          <Button
            onClick={() => {
              onClose();
              report(settle(conflicts.map(() => NONE)));
            }}
          >
            Take none of them
          </Button>
          <Button
            look="strong"
            onClick={() => {
              onClose();
              report(settle(choices));
            }}
          >
            {words.join(", ")}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-pretty text-ink-2">
        What you wrote on the sheet stays unless you choose otherwise; a text of yours from
        elsewhere comes before a model’s. One undo takes back what you choose here.
      </p>
      <fieldset aria-label="For all of them" className="mb-3 flex flex-wrap gap-1.5">
        {FOR_ALL.map((choice) => (
          <Chip
            key={choice.label}
            pressed={choice === all}
            onClick={() => setChoices(conflicts.map(choice.choose))}
          >
            {choice.label}
          </Chip>
        ))}
      </fieldset>
      <ol aria-label="Texts that differ" className="divide-y divide-line">
        {conflicts.slice(0, MOST_SHOWN).map((conflict, at) => (
          <ConflictRow
            key={`${conflict.imageId} ${conflict.fieldId}`}
            conflict={conflict}
            chosen={choices[at] ?? NONE}
            onChoose={(chosen) =>
              setChoices(choices.map((other, index) => (index === at ? chosen : other)))
            }
          />
        ))}
      </ol>
      {hidden > 0 && (
        <p className="mt-3 text-ink-2">
          {counted(hidden, "more text")} not shown here: what you choose for all holds for them.
        </p>
      )}
    </Dialog>
  );
}

interface ConflictRowProps {
  conflict: CaptionConflict;
  chosen: number;
  onChoose: (chosen: number) => void;
}

function ConflictRow({ conflict, chosen, onChoose }: ConflictRowProps) {
  const { imageId, fieldId, options, wins } = conflict;
  const name = useId();
  const image = useSheet((state) => state.images.get(imageId));
  const fields = useSheet((state) => state.sheet.fields);
  const field = fields.find(({ id }) => id === fieldId);
  const title = image === undefined ? "An image" : imageName(image);
  const isOnSheet = options.some(({ kind }) => kind === "standing");
  return (
    <li className="flex gap-3 py-3">
      <div className="w-16 shrink-0 max-sm:hidden">
        {image !== undefined && (
          <FramePicture image={image} className="aspect-3/2 w-16 rounded-xs" />
        )}
      </div>
      <fieldset className="min-w-0 flex-1 space-y-2">
        <legend className="mb-1.5 text-control font-semibold wrap-anywhere">
          {title}
          {fields.length > 1 && ` · ${field?.name ?? ""}`}
        </legend>
        {options.map((option, at) => (
          <Choice
            key={textOf(option)}
            type="radio"
            name={name}
            label={shortened(textOf(option), MOST_LETTERS)}
            hint={`${sourceOf(option)}${at === wins ? " · suggested" : ""}`}
            checked={chosen === at}
            onChange={() => onChoose(at)}
          />
        ))}
        {!isOnSheet && (
          <Choice
            type="radio"
            name={name}
            label="None of these"
            checked={chosen === NONE}
            onChange={() => onChoose(NONE)}
          />
        )}
      </fieldset>
    </li>
  );
}

function textOf(option: TextOption): string {
  return option.kind === "standing" ? option.text : option.placed.text;
}

function sourceOf(option: TextOption): string {
  return option.kind === "standing" ? BY[option.by] : `From ${option.placed.from.name}`;
}
