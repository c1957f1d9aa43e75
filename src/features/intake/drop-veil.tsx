import type { ComponentProps } from "react";

/** What covers the page while something is dragged across it. */
export function DropVeil(props: ComponentProps<"div">) {
  return (
    <div {...props} className="fixed inset-0 z-40 p-2">
      <div className="pointer-events-none grid size-full place-items-center rounded-lg border-2 border-dashed border-edge bg-film/85 text-edge">
        <p className="rounded bg-film px-4 py-2 text-lg font-semibold">Drop to add to this sheet</p>
      </div>
    </div>
  );
}
