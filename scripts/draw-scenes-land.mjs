// Landscapes of the sample sheet: each a function that returns an SVG document.
import {
  between,
  blur,
  circle,
  createRandom,
  drawing,
  ellipse,
  glow,
  hills,
  many,
  path,
  pick,
  rect,
  stroke,
  vertical,
} from "./draw-shapes.mjs";

/** A white plain cracked into plates, with balloons above it. */
export function saltFlat() {
  const random = createRandom(35);
  const balloon = (x, y, size, colours, id) =>
    `<g transform="translate(${x} ${y}) scale(${size})"><clipPath id="${id}"><path d="M0 -92C66 -92 92 -46 84 0C76 44 34 74 16 104H-16C-34 74 -76 44 -84 0C-92 -46 -66 -92 0 -92Z"/></clipPath><g clip-path="url(#${id})">${[
      rect(-100, -100, 200, 210, colours[0]),
      ellipse(0, 0, 58, 120, colours[1]),
      ellipse(0, 0, 24, 124, colours[2]),
      rect(-100, -26, 200, 16, "#fff", `opacity=".55"`),
      ellipse(-46, -30, 44, 90, "#fff", `opacity=".16"`),
      ellipse(74, 20, 40, 110, "#102", `opacity=".16"`),
    ].join(
      "",
    )}</g>${stroke("M-14 104L-9 128M14 104L9 128", "#5a4636", 2)}${rect(-12, 126, 24, 18, "#7a4f2c", `rx="3"`)}</g>`;
  const cracks = many(9, (row) => {
    const y = 520 + 280 * (row / 8) ** 1.8;
    const gap = 40 + (y - 500) * 0.62;
    return many(Math.ceil(1200 / gap) + 2, (column) => {
      const x = (column - (row % 2) / 2) * gap - gap / 2 + between(random, -0.12, 0.12) * gap;
      const down = (280 / 8) * (0.4 + row * 0.24);
      return stroke(
        `M${x} ${y}l${gap * 0.5} ${down * 0.42}l${gap * 0.5} ${-down * 0.42}M${x + gap * 0.5} ${y + down * 0.42}v${down * 0.6}`,
        "#8fb0c9",
        1 + row * 0.35,
        `opacity=".7"`,
      );
    });
  });
  return drawing(
    1200,
    800,
    vertical("sky", [0, "#2f7fc4"], [0.55, "#9fd2ee"], [1, "#fdeccf"]),
    vertical("salt", [0, "#fdf3df"], [0.25, "#f4f7fa"], [1, "#c9dbe8"]),
    blur("soft", 9),
    rect(0, 0, 1200, 520, "url(#sky)"),
    hills(random, { width: 1200, height: 520, level: 512, rise: 60, steps: 9, fill: "#8fa9c4" }),
    hills(random, { width: 1200, height: 520, level: 516, rise: 30, steps: 14, fill: "#6d88a8" }),
    rect(0, 504, 1200, 296, "url(#salt)"),
    cracks,
    balloon(330, 226, 1.5, ["#d8322c", "#f2b23a", "#d8322c"], "b1"),
    balloon(760, 150, 0.95, ["#1f7f7d", "#f5ecd2", "#1f7f7d"], "b2"),
    balloon(1010, 300, 0.62, ["#7d4fb0", "#f2a5bb", "#7d4fb0"], "b3"),
    balloon(600, 350, 0.42, ["#2f6fcc", "#f4dd3c", "#2f6fcc"], "b4"),
    balloon(120, 400, 0.3, ["#3b9a45", "#f6ecaa", "#3b9a45"], "b5"),
    ellipse(330, 600, 120, 9, "#7b93aa", `opacity=".45" filter="url(#soft)"`),
    path("M640 690L890 668L960 716L700 744Z", "#a31f34"),
    path("M662 696L872 677L920 710L706 733Z", "none", `stroke="#f2b23a" stroke-width="7"`),
    path("M730 700L838 690L858 706L748 717Z", "#1b2b4b"),
    [
      [724, 690, "#27455c", "#7a4f2c"],
      [858, 684, "#c56b4a", "#4a2c1a"],
    ].map(([x, y, coat, hair]) => [
      path(`M${x - 26} ${y + 18}q-2 -66 26 -70q28 4 26 70q-26 12 -52 0z`, coat),
      circle(x, y - 66, 16, "#d9a57c"),
      path(`M${x - 17} ${y - 66}q0 -20 17 -20t17 20q-8 -10 -17 -9t-17 9z`, hair),
    ]),
    path("M782 694h20v-14q-10 -6 -20 0z", "#f5ecd2"),
    circle(812, 692, 6, "#f08a24"),
  );
}

/** Fog between tall trunks, a path, a low light. */
export function forestPath() {
  const random = createRandom(59);
  const trunks = (count, fill, { low, wide, top = 0 }) =>
    many(count, (index) => {
      const x = ((index + between(random, 0.1, 0.9)) / count) * 1200;
      // Nothing stands on the path.
      if (Math.abs(x - 620) < low * 0.22) return "";
      const half = wide * between(random, 0.35, 0.6);
      return [
        path(
          `M${x - half} ${top}L${x - half * 1.3} ${low}H${x + half * 1.3}L${x + half} ${top}Z`,
          fill,
        ),
        many(3, () => {
          const y = between(random, 30, low * 0.55);
          const side = random() > 0.5 ? 1 : -1;
          return stroke(
            `M${x} ${y}q${side * wide} ${-wide * 0.4} ${side * wide * 2.6} ${-wide * 1.5}`,
            fill,
            wide * 0.16,
          );
        }),
      ];
    });
  const fog = (y, opacity) =>
    ellipse(620, y, 820, 70, "#f2efcf", `opacity="${opacity}" filter="url(#fog)"`);
  return drawing(
    1200,
    800,
    vertical("air", [0, "#a9c6a6"], [0.5, "#e9edc4"], [1, "#9dbb8d"]),
    glow("light", [0, "#fffbe2"], [1, "#fff3b8", 0]),
    vertical("ground", [0, "#93ac6e"], [1, "#22402b"]),
    blur("fog", 34),
    rect(0, 0, 1200, 800, "url(#air)"),
    circle(640, 300, 420, "url(#light)"),
    trunks(26, "#b9cfac", { low: 500, wide: 13 }),
    fog(470, 0.8),
    trunks(17, "#86a988", { low: 540, wide: 22 }),
    fog(520, 0.7),
    path("M0 540Q300 500 620 516T1200 530V800H0Z", "url(#ground)"),
    path(
      "M604 516Q640 560 540 620Q420 690 300 800H900Q820 690 720 620Q650 560 630 516Z",
      "#e2d3a2",
    ),
    path(
      "M604 516Q640 560 540 620Q470 664 400 720Q560 640 610 590Q640 556 630 516Z",
      "#fff6d6",
      `opacity=".55"`,
    ),
    trunks(11, "#4f7a5f", { low: 610, wide: 38 }),
    fog(590, 0.32),
    trunks(5, "#1f4034", { low: 720, wide: 74 }),
    many(80, () => {
      const x = random() * 1200;
      const y = between(random, 650, 800);
      if (Math.abs(x - 610) < (y - 500) * 1.1) return "";
      const tall = between(random, 16, 46);
      return stroke(
        `M${x} ${y}q${-tall * 0.3} ${-tall * 0.6} ${-tall * 0.6} ${-tall}M${x} ${y}q2 ${-tall} ${tall * 0.1} ${-tall * 1.2}M${x} ${y}q${tall * 0.3} ${-tall * 0.6} ${tall * 0.7} ${-tall * 0.8}`,
        pick(random, ["#2c5a3a", "#4d7a45", "#183526"]),
        3,
      );
    }),
    [440, 560, 700].map((x, index) =>
      path(
        `M${x} 0L${x - 180 - index * 20} 640H${x - 60 - index * 20}L${x + 50} 0Z`,
        "#fffbe0",
        `opacity=".06"`,
      ),
    ),
    path("M598 508q-3 -30 12 -32q15 2 12 32l3 34h-30z", "#8d2f2a"),
    circle(610, 468, 8, "#3d2a22"),
  );
}

/** A straight road to the mesas at noon. */
export function desertRoad() {
  const random = createRandom(71);
  const cactus = (x, y, size) =>
    stroke(
      `M${x} ${y}v${-150 * size}M${x} ${y - 60 * size}h${-36 * size}q${-10 * size} 0 ${-10 * size} ${-12 * size}v${-34 * size}M${x} ${y - 84 * size}h${32 * size}q${10 * size} 0 ${10 * size} ${-12 * size}v${-26 * size}`,
      "#2f5b45",
      24 * size,
    );
  const mesa = (x, y, wide, tall, [top, side]) => [
    path(`M${x} ${y}l${wide * 0.12} ${-tall}h${wide * 0.7}l${wide * 0.18} ${tall}z`, top),
    path(
      `M${x + wide * 0.5} ${y}l${wide * 0.08} ${-tall}h${wide * 0.24}l${wide * 0.18} ${tall}z`,
      side,
    ),
    many(3, (index) =>
      rect(
        x + wide * 0.1,
        y - tall * (0.3 + index * 0.2),
        wide * 0.78,
        tall * 0.035,
        side,
        `opacity=".5"`,
      ),
    ),
  ];
  return drawing(
    1200,
    600,
    vertical("sky", [0, "#3aa0b8"], [0.7, "#bfe3dc"], [1, "#fbe6c3"]),
    vertical("sand", [0, "#eeb877"], [1, "#c4713c"]),
    vertical("road", [0, "#7a6a68"], [1, "#3a3438"]),
    rect(0, 0, 1200, 330, "url(#sky)"),
    circle(930, 92, 44, "#fff8dc"),
    many(5, (index) =>
      ellipse(
        120 + index * 230,
        70 + (index % 3) * 46,
        90 + index * 8,
        12,
        "#fff",
        `opacity=".65"`,
      ),
    ),
    hills(random, { width: 1200, height: 330, level: 326, rise: 52, steps: 11, fill: "#c8a0a6" }),
    mesa(90, 330, 330, 150, ["#b9573b", "#8d3f33"]),
    mesa(360, 330, 150, 84, ["#c96d48", "#9c4a38"]),
    mesa(760, 330, 300, 118, ["#b9573b", "#8d3f33"]),
    mesa(1030, 330, 240, 176, ["#a84b36", "#7c362e"]),
    rect(0, 324, 1200, 276, "url(#sand)"),
    many(60, () => {
      const y = 336 + 250 * random();
      return ellipse(
        random() * 1200,
        y,
        8 + (y - 330) * 0.2,
        2 + (y - 330) * 0.012,
        pick(random, ["#a85f33", "#f3c58b", "#7f8a4f"]),
        `opacity=".6"`,
      );
    }),
    path("M588 324H612L860 600H340Z", "url(#road)"),
    path("M588 324L340 600H362L590 324ZM610 324L838 600H860L612 324Z", "#f3e6cf"),
    [0.02, 0.12, 0.3, 0.62].map((far, index) => {
      const y = 328 + far * 270;
      const half = 0.8 + far * 9;
      const next = y + 9 + index * 22;
      return path(
        `M${600 - half} ${y}H${600 + half}L${601 + half * 1.5} ${next}H${599 - half * 1.5}Z`,
        "#ffc93d",
      );
    }),
    cactus(196, 540, 1.1),
    cactus(1020, 500, 0.8),
    cactus(880, 400, 0.3),
    cactus(420, 392, 0.24),
    path("M566 356h34q4 0 4 4v10h-42v-10q0 -4 4 -4z", "#1f7f7d"),
    path("M570 356l4 -11h20l5 11z", "#d7efe8"),
    circle(572, 371, 4, "#222"),
    circle(596, 371, 4, "#222"),
  );
}
