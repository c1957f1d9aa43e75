import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { ageReportHtml, REPORT_STYLE, REPORT_STYLE_HASH } from "./age-report.ts";

const html = ageReportHtml({
  title: `Faces </title><script>alert(1)</script>`,
  simulated: true,
  facts: [["Sheet", `<img src=x onerror=alert(1)> "quoted"`]],
  sections: [
    {
      title: "A & B",
      paragraphs: ["5 of 6"],
      tables: [{ caption: "c", columns: ["Group", "n"], rows: [["<b>", "1"]] }],
      curve: [{ meanConfidence: 0.5, accuracy: 0.25, low: 0.1, high: 0.5, n: 12 }],
    },
  ],
});

test("the page's policy allows its own style and nothing else", () => {
  const hash = createHash("sha256").update(REPORT_STYLE).digest("base64");
  expect(REPORT_STYLE_HASH).toBe(`sha256-${hash}`);
  expect(html).toContain(`default-src 'none'; style-src '${REPORT_STYLE_HASH}'`);
  expect(html).toContain(`<style>${REPORT_STYLE}</style>`);
});

test("nothing that anyone wrote becomes markup, and nothing is fetched or run", () => {
  expect(html).not.toMatch(/<script|<img|<b>|\sstyle=|\son\w+=(?!alert)|https?:|url\(/u);
  expect(html).toContain("&lt;img src=x onerror=alert(1)&gt; &quot;quoted&quot;");
});

test("simulated verdicts are labelled at the top", () => {
  expect(html).toContain("Simulated.");
  expect(ageReportHtml({ title: "t", simulated: false, facts: [], sections: [] })).not.toContain(
    "Simulated.",
  );
});
