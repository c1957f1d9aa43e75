/**
 * From now on, if what has the focus disappears or is switched off, the focus goes to what is nearest: the next row of a
 * list, the place it came from, or the part of the page it was in. Otherwise it would fall to the page's body, and keys and
 * screen readers would start again from the top. Whatever sets the focus by itself comes first.
 */
export function keepFocus(): void {
  let last: Place | null = null;
  const note = (): void => {
    const focused = document.activeElement;
    if (focused !== null && focused !== document.body) last = placeOf(focused, last);
  };
  note();
  window.addEventListener("focusin", note);
  // The user pressed on nothing, and meant to.
  window.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Element && event.target.closest(TABBABLE) === null) last = null;
  });
  let isWaiting = false;
  const look = (): void => {
    // With every change of the page, so nothing here may need its layout.
    if (isWaiting || last === null) return;
    if (document.activeElement === last.element && !last.element.matches(":disabled")) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      const lost = last;
      const focused = document.activeElement;
      if (focused !== null && focused !== document.body && isUsable(focused)) return;
      last = null;
      if (lost !== null && !isUsable(lost.element)) goNear(lost);
    });
  };
  new MutationObserver(look).observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["disabled", "hidden", "open"],
  });
}

/** Where the focus was, and what was around it: gone rows no longer know their neighbours. */
interface Place {
  element: Element;
  /** What had the focus before, if this lies in a note that goes by itself. */
  before: Element | null;
  /** From the element outwards. */
  around: readonly { parent: Element; next: Element | null; previous: Element | null }[];
}

const TABBABLE =
  "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]";
const ROWS = "li, tr, article, [role=row]";
const PARTS = "dialog, section, article, footer, main, header, [role=row], [role=group]";

function placeOf(element: Element, last: Place | null): Place {
  const around: { parent: Element; next: Element | null; previous: Element | null }[] = [];
  for (let at = element; at.parentElement !== null; at = at.parentElement)
    around.push({
      parent: at.parentElement,
      next: at.nextElementSibling,
      previous: at.previousElementSibling,
    });
  const isNote = element.closest("output") !== null;
  const before = last !== null && last.element.closest("output") !== null ? last.before : null;
  return { element, before: isNote ? (before ?? last?.element ?? null) : null, around };
}

function goNear({ before, around }: Place): void {
  const dialog = [...document.querySelectorAll<HTMLElement>("dialog:modal")].at(-1) ?? null;
  const isReachable = (element: Element): boolean =>
    isUsable(element) && (dialog === null || dialog.contains(element));
  if (before instanceof HTMLElement && isReachable(before)) {
    if (before.matches(TABBABLE)) before.focus();
    else focusPart(before);
    return;
  }
  for (const { parent, next, previous } of around) {
    if (!isReachable(parent)) continue;
    for (const row of [next, previous]) {
      if (row === null || !row.matches(ROWS) || !isReachable(row)) continue;
      const first = [...row.querySelectorAll<HTMLElement>(TABBABLE)].find(isUsable);
      if (first === undefined) continue;
      first.focus();
      return;
    }
    const part = parent.closest<HTMLElement>(PARTS);
    if (part === null || !isReachable(part)) continue;
    focusPart(part);
    return;
  }
  const rest = dialog ?? document.querySelector<HTMLElement>("main");
  if (rest !== null) focusPart(rest);
}

/** Gives the focus to a part of the page that usually takes none. */
function focusPart(part: HTMLElement): void {
  if (!part.hasAttribute("tabindex")) {
    part.tabIndex = -1;
    part.addEventListener("blur", () => part.removeAttribute("tabindex"), { once: true });
  }
  part.classList.add("outline-none");
  part.focus({ preventScroll: true });
}

function isUsable(element: Element): boolean {
  return element.isConnected && !element.matches(":disabled") && element.checkVisibility();
}
