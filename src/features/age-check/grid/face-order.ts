import type { ImageId } from "#src/domain/image.ts";
import type { Face } from "./faces.ts";
import { hunt } from "#src/features/age-check/samples/hunts.ts";
import type { AgeViewState } from "#src/features/age-check/view-state.ts";

/** The orders of the grid. */
export const ORDERS: readonly { order: AgeViewState["order"]; name: string }[] = [
  { order: "sheet", name: "Sheet order" },
  { order: "least-sure", name: "Least sure first" },
  { order: "disagreement", name: "Models disagree first" },
];

/** The faces that the grid lists, in its order. */
export function listedFaces(
  faces: ReadonlyMap<ImageId, Face>,
  {
    order,
    modelIds,
    only,
  }: {
    order: AgeViewState["order"];
    modelIds: readonly string[];
    only: readonly ImageId[] | null;
  },
): Face[] {
  const wanted = only === null ? [...faces.values()] : only.flatMap((id) => faces.get(id) ?? []);
  if (order === "sheet") return wanted;
  const first = hunt(wanted, order, { modelIds, threshold: 0 });
  const rank = new Map(first.map((id, index) => [id, index]));
  return wanted.toSorted(
    (a, b) => (rank.get(a.image.id) ?? Infinity) - (rank.get(b.image.id) ?? Infinity) || 0,
  );
}
