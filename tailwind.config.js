/** Tokens only: the colours are CSS variables of src/app/tokens.css, so that themes switch without a second set of classes. */
export default {
  theme: {
    extend: {
      colors: Object.fromEntries(
        [
          "paper",
          "sheet",
          "ink",
          "ink-2",
          "ink-3",
          "line",
          "line-2",
          "film",
          "edge",
          "pencil",
          "pencil-wash",
          "ok",
          "warn",
          "warn-wash",
          "info",
          "focus",
        ].map((name) => [name, `var(--${name})`]),
      ),
      fontFamily: {
        sans: ['"Geist Variable"', "system-ui", "sans-serif"],
        mono: ['"Geist Mono Variable"', "ui-monospace", "monospace"],
      },
      borderRadius: { DEFAULT: "6px" },
    },
  },
};
