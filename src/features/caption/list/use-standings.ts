import { useDeferredValue, useMemo, useState } from "react";
import { askedRecipe } from "#src/catalog/asked-recipe.ts";
import { useSheet } from "#src/state/use-sheet.ts";
import { createStandings, type Standings } from "./standing.ts";

/** The standings of the open sheet under its current recipe. */
export function useStandings(): Standings {
  const order = useSheet((state) => state.order);
  const images = useSheet((state) => state.images);
  const tasks = useSheet((state) => state.tasks);
  const marks = useSheet((state) => state.marks);
  const recipe = useSheet((state) => state.sheet.recipe);
  // Another recipe concerns every image: letters typed into the prompt must not wait for that.
  const settled = useDeferredValue(recipe);
  const asked = useMemo(() => askedRecipe(settled), [settled]);
  const [standingsOf] = useState(createStandings);
  return useMemo(
    () => standingsOf({ order, images, tasks, marks, recipe: asked }),
    [standingsOf, order, images, tasks, marks, asked],
  );
}
