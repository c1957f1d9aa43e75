/**
 * Keeps the toasts off what the user is working on: the row of the field that has the focus or, if that fills the window,
 * at least the field. Returns the function that ends this.
 */
export function keepAside(region: HTMLElement): () => void {
  const place = (): void => {
    const field = document.activeElement;
    region.removeAttribute(ASIDE);
    if (field === null || !field.matches(FIELDS)) return;
    const usual = region.getBoundingClientRect();
    region.setAttribute(ASIDE, "");
    const aside = region.getBoundingClientRect();
    for (const kept of [field.closest(ROWS) ?? field, field]) {
      const box = kept.getBoundingClientRect();
      if (!overlap(box, usual)) break;
      if (!overlap(box, aside)) return;
    }
    region.removeAttribute(ASIDE);
  };
  place();
  const ending = new AbortController();
  for (const moved of ["focusin", "input", "scroll", "resize"])
    window.addEventListener(moved, place, { capture: true, passive: true, signal: ending.signal });
  const sizes = new ResizeObserver(place);
  sizes.observe(region);
  return () => {
    ending.abort();
    sizes.disconnect();
    region.removeAttribute(ASIDE);
  };
}

const ASIDE = "data-aside";
const FIELDS =
  "textarea, select, input:not([type=checkbox], [type=radio], [type=file]), [contenteditable]";
const ROWS = "article, li, tr, [role=row]";

function overlap(a: DOMRect, b: DOMRect): boolean {
  return a.top < b.bottom && b.top < a.bottom && a.left < b.right && b.left < a.right;
}
