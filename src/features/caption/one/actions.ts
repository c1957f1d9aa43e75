import type { Act } from "#src/ui/acts.ts";

const GROUP = "One by one";

/** What enlarges the picture. */
export interface Zoomer {
  zoomIn: () => void;
  zoomOut: () => void;
  fit: () => void;
}

/** Live while one image is shown alone. */
export const ZOOM_ACTS = {
  zoomIn: {
    id: "caption.zoom-in",
    label: "Enlarge the picture",
    keys: ["+", "Shift++", "="],
    group: GROUP,
    repeats: true,
    run: ({ zoomIn }) => zoomIn(),
  },
  zoomOut: {
    id: "caption.zoom-out",
    label: "Show more of the picture",
    keys: ["-"],
    group: GROUP,
    repeats: true,
    run: ({ zoomOut }) => zoomOut(),
  },
  fit: {
    id: "caption.zoom-fit",
    label: "Show the whole picture",
    keys: ["0"],
    group: GROUP,
    run: ({ fit }) => fit(),
  },
} satisfies Record<string, Act<Zoomer>>;

/** What leads through the images one by one. */
export interface Reviewer {
  goOn: () => void;
  leave: () => void;
}

/** Live while one image is shown alone. They come before those of the desk with the same keys: none here spends money. */
export const ONE_ACTS = {
  goOn: {
    id: "caption.one-next",
    label: "Save and next",
    keys: ["$mod+Enter"],
    group: GROUP,
    whileTyping: true,
    run: ({ goOn }) => goOn(),
  },
  leave: {
    id: "caption.one-leave",
    label: "Back to all images",
    keys: ["Escape"],
    group: GROUP,
    run: ({ leave }) => leave(),
  },
} satisfies Record<string, Act<Reviewer>>;
