import type { ImageId } from "#src/domain/image.ts";
import { useActs } from "#src/ui/acts.ts";
import { COMPARE_ACTS } from "#src/features/compare/actions.ts";
import { useDesk } from "#src/features/compare/compare-desk.ts";
import { idsInWindow } from "./rows-in-window.ts";

const ACTS = Object.values(COMPARE_ACTS);

/** Makes Compare’s acts live: they act on the row that has the focus, among those that are listed. */
export function GridKeys({ ids }: { ids: readonly ImageId[] }) {
  const desk = useDesk();
  const activate = (activeId: ImageId): void => desk.view.setState({ activeId });
  const activeIndex = (): number => ids.indexOf(desk.view.getState().activeId ?? "");
  // A key must not judge a row that nobody sees: if the one with the focus is scrolled away, it acts on the first in
  // the window.
  const imageId = (): ImageId | null => {
    const inWindow = idsInWindow().filter((id) => ids.includes(id));
    const known = inWindow.find((id) => id === ids[activeIndex()]) ?? inWindow[0] ?? null;
    if (known !== null) activate(known);
    return known;
  };
  const move = (by: 1 | -1) => {
    const next = ids[Math.min(ids.length - 1, Math.max(0, activeIndex() + by))];
    if (next !== undefined) activate(next);
  };
  useActs(ACTS, { desk, imageId, move });
  return null;
}
