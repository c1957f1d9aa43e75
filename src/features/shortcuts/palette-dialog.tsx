import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { counted } from "#src/lib/counted.ts";
import { classNames } from "#src/lib/class-names.ts";
import { liveActs, type LiveAct } from "#src/ui/acts.ts";
import { Dialog } from "#src/ui/dialog.tsx";
import { controlLook } from "#src/ui/field.tsx";
import { keyLabel } from "#src/ui/key-hint.tsx";

/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the ARIA pattern of a combobox with a grouped list: a select or datalist can be neither filtered by words nor grouped with keys beside its options */

/** Everything that can be done now, found by its name. */
export function PaletteDialog({ onClose }: { onClose: () => void }) {
  // Read once: what can be done belongs to the view behind the dialog. Stepping through a list is for keys alone.
  const [acts] = useState(() =>
    liveActs().filter(
      (act) => act.id !== "shell.palette" && act.repeats !== true && act.isEnabled(),
    ),
  );
  const field = useRef<HTMLInputElement>(null);
  // The dialog itself has put the focus on its first button.
  useLayoutEffect(() => field.current?.focus(), []);
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const groups = [...groupActs(findActs(acts, typed))];
  const listed = groups.flatMap(([, members]) => members);
  const current = listed[chosen];
  const optionId = (act: LiveAct) => `${listId}-${act.id}`;
  const press = usePress(onClose);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextPlace(event.key, chosen, listed.length);
    if (next === null && event.key !== "Enter") return;
    if (event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (next !== null) setChosen(next);
    else if (current !== undefined) press(current);
  };
  return (
    <Dialog title="Commands" onClose={onClose}>
      <div className="sticky -top-4.5 bg-sheet py-2">
        <input
          ref={field}
          type="text"
          role="combobox"
          aria-label="Find a command"
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={current === undefined ? undefined : optionId(current)}
          autoComplete="off"
          spellCheck={false}
          placeholder="Type what you want to do"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
          className={controlLook}
        />
      </div>
      <output className={listed.length === 0 ? "block py-6 text-center text-ink-2" : "sr-only"}>
        {listed.length === 0
          ? "Nothing that can be done now has this name."
          : counted(listed.length, "command")}
      </output>
      <div role="listbox" id={listId} aria-label="Commands" className="mt-2">
        {groups.map(([group, members], index) => (
          <div key={group} role="group" aria-labelledby={`${listId}-group-${index}`}>
            <div
              id={`${listId}-group-${index}`}
              role="presentation"
              className="px-2 pt-3 pb-1 text-xs font-semibold text-ink-2"
            >
              {group}
            </div>
            {members.map((act) => (
              <Option
                key={act.id}
                id={optionId(act)}
                act={act}
                isChosen={act === current}
                onPress={() => press(act)}
              />
            ))}
          </div>
        ))}
      </div>
    </Dialog>
  );
}

/** Closes the dialog, which gives the focus back, and only then does what was chosen. */
function usePress(onClose: () => void): (act: LiveAct) => void {
  const pressed = useRef<LiveAct | null>(null);
  useEffect(
    () => () => {
      const act = pressed.current;
      pressed.current = null;
      if (act !== null) queueMicrotask(() => act.run());
    },
    [],
  );
  return (act) => {
    pressed.current = act;
    onClose();
  };
}

interface OptionProps {
  id: string;
  act: LiveAct;
  isChosen: boolean;
  onPress: () => void;
}

function Option({ id, act, isChosen, onPress }: OptionProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isChosen) ref.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  const [keys] = act.keys;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys go to the field, which names the chosen option
    <div
      ref={ref}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      onClick={onPress}
      className={classNames(
        "flex cursor-pointer items-baseline justify-between gap-4 rounded px-2 py-1.5 hover:bg-paper pointer-coarse:py-2.5",
        isChosen && "bg-paper shadow-[inset_0_0_0_1px_var(--line-2)]",
      )}
    >
      <span>
        {act.isChecked?.() === true && <span aria-hidden="true">✓ </span>}
        {act.label}
        {act.isChecked !== undefined && (
          <span className="sr-only">{act.isChecked() ? ", on" : ", off"}</span>
        )}
      </span>
      {keys !== undefined && (
        <kbd aria-hidden="true" className="shrink-0 font-mono text-xs text-ink-2">
          {keyLabel(keys)}
        </kbd>
      )}
    </div>
  );
}

function nextPlace(key: string, from: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "ArrowDown") return (from + 1) % count;
  if (key === "ArrowUp") return (from + count - 1) % count;
  return null;
}

/** Acts by the heading they are listed under. If two parts of a page offer the same thing, it is one line to read. */
export function groupActs(acts: readonly LiveAct[]): Map<string, LiveAct[]> {
  const groups = new Map<string, LiveAct[]>();
  for (const act of acts) {
    const members = groups.get(act.group) ?? [];
    if (!members.some(({ label }) => label === act.label)) members.push(act);
    groups.set(act.group, members);
  }
  return groups;
}

/** The acts that have every typed word anywhere in their name or heading; without words, all of them. */
export function findActs(acts: readonly LiveAct[], typed: string): LiveAct[] {
  const words = typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return acts.filter(({ group, label }) => {
    const name = `${group} ${label}`.toLowerCase();
    return words.every((word) => name.includes(word));
  });
}
