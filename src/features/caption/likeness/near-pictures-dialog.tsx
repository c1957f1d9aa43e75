import { useId, useState } from "react";
import type { FieldId } from "#src/domain/field.ts";
import { folderOf } from "#src/domain/frame.ts";
import { imageName, type ImageId } from "#src/domain/image.ts";
import { deskOf, type Desk } from "#src/features/caption/desk.ts";
import { fieldOf, select, showFound, useCaptionView } from "#src/features/caption/view-state.ts";
import { classNames } from "#src/lib/class-names.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { shortened } from "#src/lib/shortened.ts";
import { FramePicture } from "#src/sheet/frame.tsx";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { Pulse } from "#src/ui/pulse.tsx";
import { showToast } from "#src/ui/toasts.ts";
import { Choice, FieldChoice } from "./field-choice.tsx";
import { NEARNESS, summaryOf, type PictureGroup } from "./near-pictures.ts";
import { oneOfEach, sourceOf, takenOver, textIn } from "./taken-over.ts";
import { usePictureGroups } from "./use-picture-groups.ts";

const MOST_GROUPS = 20;

/** Pictures that are the same file or look alike, in groups: one of each can be asked about, and its text taken for all. */
export function NearPicturesDialog({ onClose }: { onClose: () => void }) {
  const desk = deskOf(useOpenSheet());
  const { view } = desk;
  const shownId = useCaptionView((state) => state.fieldId);
  const fields = useSheet((state) => state.sheet.fields);
  const order = useSheet((state) => state.order);
  const [fieldId, setFieldId] = useState(() => fieldOf({ fieldId: shownId }, fields).id);
  const [nearness, setNearness] = useState<keyof typeof NEARNESS>("similar");
  const [chosen, setChosen] = useState<ReadonlySet<ImageId>>(new Set());
  const [most, setMost] = useState(MOST_GROUPS);
  const { groups, left } = usePictureGroups(NEARNESS[nearness]);
  const place = usePlace(desk, fieldId, chosen);
  const all = groups ?? [];
  const inGroups = all.flatMap(({ ids }) => ids);
  const forAll = all.flatMap((group) =>
    takenOver(group, sourceOf(group, place), { ...place, onlyMissing: true }),
  );
  return (
    <Dialog title="Near-duplicate pictures" width="full" onClose={onClose}>
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <NearnessChoice value={nearness} onChange={setNearness} />
        <FieldChoice value={fieldId} onChange={setFieldId} />
        {all.length > 0 && (
          <span className="ml-auto flex flex-wrap gap-2">
            <Button
              onClick={() => {
                showFound(view, "Near-duplicates", inGroups);
                onClose();
              }}
            >
              Show these {grouped(inGroups.length)}
            </Button>
            <Button
              onClick={() => {
                select(
                  view,
                  oneOfEach(order, all, (group) => sourceOf(group, place)),
                );
                onClose();
                showToast({
                  text: "Selected: one of each group, and every picture that has no near-duplicate.",
                  kind: "next",
                });
              }}
            >
              Select one of each
            </Button>
            {forAll.length > 0 && (
              <Button onClick={() => previewOf(desk, forAll)}>
                Fill {counted(forAll.length, "missing text")}…
              </Button>
            )}
          </span>
        )}
      </div>
      <p aria-live="polite" className="mb-3 text-control text-ink-2">
        {summaryOf(groups, left)}
      </p>
      {groups === null ? (
        <Pulse />
      ) : (
        <ul className="space-y-5">
          {all.slice(0, most).map((group) => (
            <GroupRow
              key={group.ids[0]}
              group={group}
              place={place}
              desk={desk}
              onChoose={(id) =>
                setChosen(new Set([...[...chosen].filter((one) => !group.ids.includes(one)), id]))
              }
              onShow={() => {
                showFound(view, groupWords(group), group.ids);
                onClose();
              }}
            />
          ))}
        </ul>
      )}
      {all.length > most && (
        <Button className="mt-4" onClick={() => setMost(most + MOST_GROUPS)}>
          Show more of {counted(all.length, "group")}
        </Button>
      )}
    </Dialog>
  );
}

/** What the texts of groups are read from. */
function usePlace(desk: Desk, fieldId: FieldId, chosen: ReadonlySet<ImageId>) {
  // The standings are made of these.
  useSheet((state) => state.tasks);
  useSheet((state) => state.marks);
  return { standings: desk.standings(), fieldId, chosen };
}

type Place = ReturnType<typeof usePlace>;

function previewOf({ view }: Desk, changes: ReturnType<typeof takenOver>): void {
  view.setState({
    dialog: {
      kind: "changes",
      title: `Take over ${counted(changes.length, "text")}`,
      changes,
      doing: "taking over",
      back: { kind: "near-pictures" },
    },
  });
}

function groupWords({ is, ids }: PictureGroup): string {
  return is === "same" ? `The same file, ${ids.length} times` : `${ids.length} that look alike`;
}

function NearnessChoice({
  value,
  onChange,
}: {
  value: keyof typeof NEARNESS;
  onChange: (nearness: keyof typeof NEARNESS) => void;
}) {
  return (
    <Choice
      label="Look"
      options={[
        ["similar", "alike"],
        ["nearly", "nearly identical"],
      ]}
      value={value}
      onChange={(nearness) => onChange(nearness === "nearly" ? "nearly" : "similar")}
    />
  );
}

interface GroupRowProps {
  group: PictureGroup;
  place: Place;
  desk: Desk;
  onChoose: (id: ImageId) => void;
  onShow: () => void;
}

/** One group: its pictures with their texts, of which one is chosen for all. */
function GroupRow({ group, place, desk, onChoose, onShow }: GroupRowProps) {
  const name = useId();
  const source = sourceOf(group, place);
  const changes = takenOver(group, source, place);
  const hasText = source !== null && textIn(place.standings, source, place.fieldId) !== null;
  return (
    <li>
      <fieldset className="rounded border border-line p-3">
        <legend className="px-1 text-control font-semibold">{groupWords(group)}</legend>
        <div className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-3">
          {group.ids.map((id) => (
            <Member
              key={id}
              id={id}
              name={name}
              isChosen={id === source}
              text={textIn(place.standings, id, place.fieldId)}
              onChoose={() => onChoose(id)}
            />
          ))}
        </div>
        <div className="mt-2 -ml-2 flex flex-wrap gap-1">
          {hasText && (
            <Button
              look="mini"
              disabled={changes.length === 0}
              onClick={() => previewOf(desk, changes)}
            >
              {changes.length === 0
                ? "All have this text"
                : `Take its text for ${counted(changes.length, "other", "others")}…`}
            </Button>
          )}
          {!hasText && source !== null && (
            <Button
              look="mini"
              onClick={() => {
                desk.view.setState({ dialog: null });
                desk.rows.askFirst({ imageId: source, fieldId: place.fieldId });
              }}
            >
              Ask about this one first
            </Button>
          )}
          <Button look="mini" onClick={onShow}>
            Show these
          </Button>
        </div>
      </fieldset>
    </li>
  );
}

interface MemberProps {
  id: ImageId;
  /** Of the radio buttons of its group. */
  name: string;
  isChosen: boolean;
  text: string | null;
  onChoose: () => void;
}

const MOST_LETTERS = 120;

function Member({ id, name, isChosen, text, onChoose }: MemberProps) {
  const image = useSheet((state) => state.images.get(id));
  if (image === undefined) return null;
  const folder = folderOf(image);
  return (
    <label
      className={classNames(
        "block cursor-pointer overflow-hidden rounded border has-focus-visible:outline-2 has-focus-visible:outline-focus",
        isChosen ? "border-ink" : "border-line",
      )}
    >
      <FramePicture image={image} className="aspect-4/3 w-full" />
      <span className="flex items-center gap-2 px-2 pt-1.5 text-xs">
        <input
          type="radio"
          name={name}
          className="size-3.5 shrink-0 accent-ink"
          checked={isChosen}
          onChange={onChoose}
        />
        <span className="min-w-0 truncate font-mono">
          {folder === "" ? "" : `${folder}/`}
          {imageName(image)}
        </span>
      </span>
      <span dir="auto" className="block px-2 pt-0.5 pb-2 text-xs text-ink-2">
        {text === null ? "No text yet" : shortened(text, MOST_LETTERS)}
      </span>
    </label>
  );
}
