// @ts-check

/** Watches tasks, frames and the size of the document. Runs in the page. */
export function watchPage() {
  const watched = {
    /** @type {number[]} */ tasksMs: [],
    /** @type {number[]} */ framesMs: [],
    nodes: 0,
  };
  window.watchedGrid = watched;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.tasksMs.push(duration);
  }).observe({ type: "longtask" });
  // Every node counts, text too: nodes that are no elements cost layout as well.
  const countNodes = () => {
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
    let count = 1;
    while (walker.nextNode() !== null) count += 1;
    return count;
  };
  let last = performance.now();
  let frame = 0;
  const onFrame = (/** @type {number} */ now) => {
    watched.framesMs.push(now - last);
    last = now;
    frame += 1;
    if (frame % 12 === 0) watched.nodes = Math.max(watched.nodes, countNodes());
    requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);
}
