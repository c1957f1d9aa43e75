// What every replay carries, word for word: the policy in its head allows these two texts and nothing else.

/** Both themes, a list on screen and paper, and one picture at a time on the stage. */
export const REPLAY_STYLE = `
:root{color-scheme:light dark;--paper:light-dark(#f7f5f0,#12100d);--sheet:light-dark(#fff,#1b1814);--ink:light-dark(#1b1916,#f3ede2);--soft:light-dark(#5d574e,#b3a998);--line:light-dark(#e4dfd5,#2c2822);--film:light-dark(#17140f,#0a0907);--edge:#ffb53d;--pencil:light-dark(#c81f14,#ff6a5c);--warn:light-dark(#9a4d00,#f2b062);--focus:light-dark(#1f5a8f,#ffb53d)}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header,main,footer{max-width:76rem;margin:0 auto;padding:1.25rem}
h1{font-size:1.5rem;line-height:1.2;margin:0 0 .25rem;letter-spacing:-.02em}
h2{font:500 .75rem/1.4 ui-monospace,monospace;letter-spacing:.04em;margin:0;padding:.4rem .75rem;background:var(--film);color:var(--edge);overflow-wrap:anywhere}
h3{font-size:.875rem;margin:0 0 .25rem;color:var(--soft)}
p{margin:.25rem 0;overflow-wrap:anywhere}
.soft,.facts{color:var(--soft);font-size:.875rem}
.facts{font-family:ui-monospace,monospace;font-size:.75rem}
.simulated{border:1px solid var(--line);border-radius:3px;padding:0 .3rem}
.notice{border-left:3px solid var(--edge);padding-left:.75rem}
.table{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .9rem .4rem 0;border-bottom:1px solid var(--line)}
thead th{color:var(--soft);font-size:.75rem}
article{background:var(--sheet);border:1px solid var(--line);border-radius:6px;overflow:hidden;margin:0 0 1rem;display:grid;grid-template-columns:minmax(0,18rem) minmax(0,1fr)}
article.bare{grid-template-columns:minmax(0,1fr)}
article h2{grid-column:1/-1}
article img{display:block;width:100%;height:100%;max-height:60vh;object-fit:contain;background:var(--film)}
.answers{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(16rem,100%),1fr));gap:1rem;padding:1rem}
.text{white-space:pre-line}
.picked h3::after{content:" · picked"}
.picked h3,.vote{color:var(--pencil)}
.vote{grid-column:1/-1;padding:0 1rem 1rem;margin:0}
.failed{color:var(--warn)}
#controls{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin-top:.75rem}
button{font:inherit;font-size:.875rem;color:inherit;background:var(--sheet);border:1px solid var(--line);border-radius:6px;padding:.35rem .8rem;cursor:pointer}
button[aria-pressed=true]{background:var(--ink);color:var(--sheet)}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.stage h1{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.stage header>:not(#controls,h1),.stage footer,.stage #setup{display:none}
.stage article{grid-template-columns:minmax(0,1fr) minmax(0,1fr);font-size:1.35rem;margin:0}
.stage article.bare{grid-template-columns:minmax(0,1fr)}
.stage article img{max-height:78vh}
.stage .answers{grid-template-columns:minmax(0,1fr);align-content:start;min-height:50vh}
@media(max-width:44rem){article,.stage article{grid-template-columns:minmax(0,1fr)}.stage article{font-size:1.1rem}}
@media print{#controls{display:none!important}article{break-inside:avoid}}
`;

/** Puts one picture at a time on a stage, its answers revealed by key. Without it the page is a list, and complete. */
export const REPLAY_SCRIPT = `
"use strict";
const rows = [...document.querySelectorAll("article")];
const answersOf = (row) => [...row.querySelectorAll(".answer")];
const stageButton = document.getElementById("stage");
const nextButton = document.getElementById("next");
const backButton = document.getElementById("back");
const place = document.getElementById("place");
let at = 0;
let shown = 0;
const isOn = () => document.body.classList.contains("stage");
function draw() {
  const on = isOn();
  rows.forEach((row, index) => {
    row.hidden = on && index !== at;
    const answers = answersOf(row);
    answers.forEach((answer, order) => { answer.hidden = on && index === at && order >= shown; });
    const vote = row.querySelector(".vote");
    if (vote) vote.hidden = on && index === at && shown < answers.length;
    row.classList.toggle("bare", !row.querySelector("img"));
  });
  stageButton.setAttribute("aria-pressed", String(on));
  nextButton.hidden = backButton.hidden = !on;
  place.textContent = on && rows.length > 0
    ? at + 1 + " of " + rows.length + ", " + shown + " of " + answersOf(rows[at]).length + " answers shown"
    : "";
}
function go(by) {
  if (!isOn() || rows.length === 0) return;
  const most = answersOf(rows[at]).length;
  if (by > 0 && shown < most) shown += 1;
  else if (by > 0 && at < rows.length - 1) { at += 1; shown = 0; }
  else if (by < 0 && shown > 0) shown -= 1;
  else if (by < 0 && at > 0) { at -= 1; shown = answersOf(rows[at]).length; }
  draw();
  if (by > 0) scrollTo(0, 0);
}
function toggle() { document.body.classList.toggle("stage"); shown = 0; draw(); }
stageButton.addEventListener("click", toggle);
nextButton.addEventListener("click", () => go(1));
backButton.addEventListener("click", () => go(-1));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !isOn()) return;
  const onButton = event.target instanceof HTMLButtonElement;
  const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, " ": onButton ? 0 : 1, Enter: onButton ? 0 : 1 }[event.key];
  if (event.key === "Escape") toggle();
  else if (by) { event.preventDefault(); go(by); }
});
document.getElementById("controls").hidden = rows.length === 0;
draw();
`;
