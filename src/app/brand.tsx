/** Three frames of film, one of them ringed in red pencil. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 26 18" width="26" height="18" aria-hidden="true" className="shrink-0">
      <rect width="26" height="18" rx="3" className="fill-film" />
      <rect x="3" y="4" width="5.4" height="10" rx="1" className="fill-edge" />
      <ellipse
        cx="13"
        cy="9"
        rx="3.1"
        ry="5.2"
        transform="rotate(-5 13 9)"
        className="fill-none stroke-pencil"
        strokeWidth="1.5"
      />
      <rect x="17.6" y="4" width="5.4" height="10" rx="1" className="fill-edge" />
    </svg>
  );
}
