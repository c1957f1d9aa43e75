import { EllipsisVertical } from "lucide-react";
import { ROLE_WORDS } from "#src/domain/role-rules.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import type { RowActions } from "#src/features/caption/list/row-actions.ts";
import { canEdit, type Standing } from "#src/features/caption/list/standing.ts";
import { report } from "#src/sheet/tell.ts";
import { partCount, partsOf } from "#src/state/pictures/parts.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { IconButton } from "#src/ui/button.tsx";
import { Menu, type MenuItem, type MenuTrigger } from "#src/ui/menu.tsx";
import { askWord, hasHistory } from "./text-tools.tsx";

interface RowMenuProps {
  image: SheetImage;
  standing: Standing;
  hasProblems: boolean;
  /** Whether Tab stops at it. */
  isReachable: boolean;
  actions: RowActions;
}

/** Everything that can be done to one image and its texts. */
export function RowMenu({ image, standing, hasProblems, isReachable, actions }: RowMenuProps) {
  const { id } = image;
  const name = imageName(image);
  const sheet = useSheet((state) => state.sheet);
  const facts = useSheet((state) => state.pictures.get(pictureHashOf(image) ?? ""));
  const isSplit = useSheet((state) => partCount(state, id) > 0);
  const boxes = isSplit || image.source.kind === "part" ? [] : partsOf(facts ?? null, sheet);
  const { fields } = sheet;
  const ofTexts = standing.texts.flatMap((text): MenuItem[] => {
    const place = { imageId: id, fieldId: text.fieldId };
    const field = fields.find((one) => one.id === text.fieldId);
    const what = fields.length === 1 ? "" : ` ${field?.name.toLowerCase() ?? ""}`;
    const ask = askWord(text);
    return [
      ...(canEdit(text)
        ? [
            {
              label: `${text.text === null ? "Write" : "Edit"}${what}`,
              onChoose: () => actions.startEdit(place),
            },
          ]
        : []),
      ...((text.text ?? "") === ""
        ? []
        : [{ label: `Copy${what}`, onChoose: () => actions.copy(place) }]),
      ...(ask === null
        ? []
        : [
            {
              label: what === "" ? ask : `${ask}:${what}`,
              onChoose: () => actions.ask(place),
            },
          ]),
      ...(hasHistory(text)
        ? [
            {
              label: what === "" ? "History" : `History:${what}`,
              onChoose: () => actions.tellHistory(place),
            },
          ]
        : []),
      ...(text.edited && text.shown.answered !== null
        ? [
            {
              label: `Back to the model’s words${what === "" ? "" : `:${what}`}`,
              onChoose: () => actions.dropEdit(place),
            },
          ]
        : []),
    ];
  });
  const items: MenuItem[] = [
    ...ofTexts,
    ...(hasProblems
      ? [{ label: "Fix what can be fixed", onChoose: () => actions.fixAll(id) }]
      : []),
    { label: "Role", hint: ROLE_WORDS[standing.role].name, onChoose: () => actions.chooseRole(id) },
    ...(boxes.length === 0
      ? []
      : [
          {
            label: `Split into ${boxes.length} parts`,
            hint: "They are asked about instead",
            onChoose: () => report(actions.split([id])),
          },
        ]),
    { label: "Show it alone", onChoose: () => actions.enlarge(id) },
    { label: "What leaves your browser", onChoose: () => actions.tellSent(id) },
    { label: "Remove from the sheet", onChoose: () => actions.remove(id) },
  ];
  return (
    <Menu
      label={`More for ${name}`}
      align="end"
      items={items}
      trigger={dotsTrigger(`More for ${name}`, isReachable)}
    />
  );
}

function dotsTrigger(label: string, isReachable: boolean) {
  return (trigger: MenuTrigger) => (
    <IconButton {...trigger} label={label} tabIndex={isReachable ? 0 : -1} className="size-7.5">
      <EllipsisVertical size={14} />
    </IconButton>
  );
}
