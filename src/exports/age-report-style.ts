/** The look of a report: quiet on screen, in both themes, and on paper. Changing it changes its hash below. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--paper:light-dark(#fff,#1b1814);--ink:light-dark(#1b1916,#f3ede2);--ink-2:light-dark(#5d574e,#b3a998);--line:light-dark(#e4dfd5,#413b32);--warn:light-dark(#9a4d00,#f2b062);--info:light-dark(#1f5a8f,#7fb8ea)}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:52rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}
h1{font-size:1.6rem;line-height:1.25;letter-spacing:-.015em;margin:0 0 1rem}
h2{font-size:1.1rem;letter-spacing:-.01em;margin:2rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--line)}
p{margin:.4rem 0;max-width:70ch}
dl{margin:0;display:grid;gap:.25rem}
dl div{display:grid;grid-template-columns:11rem 1fr;gap:1rem}
dt{color:var(--ink-2)}dd{margin:0;overflow-wrap:anywhere}
.simulated{border:1px solid var(--warn);color:var(--warn);border-radius:6px;padding:.6rem .9rem;margin:0 0 1.25rem}
.table{overflow-x:auto;margin:.75rem 0}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.85rem;min-width:24rem}
caption{text-align:left;color:var(--ink-2);padding-bottom:.25rem}
th,td{border-bottom:1px solid var(--line);padding:.25rem .9rem .25rem 0;text-align:left;vertical-align:top}
thead th{color:var(--ink-2);font-weight:600}
tbody th{font-weight:500}
svg{display:block;max-width:30rem;width:100%;height:auto;font:9px system-ui,sans-serif}
svg text{fill:var(--ink-2)}
.grid{stroke:var(--line)}.even{stroke:var(--ink-2);stroke-dasharray:3 4}.mark{stroke:var(--info);fill:none}.point{stroke:var(--info);fill:var(--paper);stroke-width:2}
@media(max-width:36rem){dl div{grid-template-columns:1fr;gap:0}}
@media print{:root{color-scheme:light}body{font-size:10.5pt}main{max-width:none;padding:0}section{break-inside:avoid}h2{margin-top:1.2rem}}
`;

/** SHA-256 of the style, as the page's policy names it. */
export const REPORT_STYLE_HASH = "sha256-sbNiooUr/3ti5ZkXx3ej1h6TVWIGcm7wkJu41+tDk9U=";
