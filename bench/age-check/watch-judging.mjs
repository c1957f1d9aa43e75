// @ts-check

/** Watches how long after a key the next face and the figures appear, and the tasks meanwhile. Runs in the page. */
export function watchJudging() {
  const watched = {
    /** @type {number[]} */ facesMs: [],
    /** @type {number[]} */ figuresMs: [],
    /** @type {number[]} */ tasksMs: [],
  };
  window.watchedJudging = watched;
  const stage = document.querySelector("article[data-face]");
  const accuracy = [...document.querySelectorAll("aside section")].find(
    (section) => section.querySelector("h3")?.textContent === "Right age group",
  );
  if (stage === null || accuracy === undefined) throw new Error("no stage, or no figures");
  /**
   * When the keys were pressed that no change has followed yet. @type {{ face: number | null, figures: number | null }}
   */
  const pressed = { face: null, figures: null };
  addEventListener(
    "keydown",
    ({ timeStamp }) => {
      pressed.face = timeStamp;
      pressed.figures = timeStamp;
    },
    { capture: true },
  );
  new MutationObserver(() => {
    if (pressed.face !== null) watched.facesMs.push(performance.now() - pressed.face);
    pressed.face = null;
  }).observe(stage, { attributeFilter: ["data-face"] });
  new MutationObserver(() => {
    if (pressed.figures !== null) watched.figuresMs.push(performance.now() - pressed.figures);
    pressed.figures = null;
  }).observe(accuracy, { subtree: true, childList: true, characterData: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.tasksMs.push(duration);
  }).observe({ type: "longtask" });
}
