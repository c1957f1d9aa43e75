// Towns of the sample sheet: each a function that returns an SVG document.
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

/** Kites over rooftops against an orange sky. */
export function rooftopKites() {
  const random = createRandom(23);
  const roofs = (level, fill, count, tall) =>
    many(count, (index) => {
      const wide = 1200 / count;
      const top = level - between(random, 0, tall);
      const x = index * wide;
      return [
        rect(x - 3, top, wide + 6, 800 - top, fill),
        random() > 0.55 && rect(x + wide * 0.3, top - 26, wide * 0.24, 28, fill),
        random() > 0.6 && stroke(`M${x + wide * 0.7} ${top}v-46m-14 10h28`, fill, 3),
      ].filter(Boolean);
    });
  const kite = (x, y, size, turn, colours) =>
    `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${size})">${[
      path("M0 -70L46 0L0 92L-46 0Z", colours[0]),
      path("M0 -70L46 0H0Z", colours[1]),
      path("M0 0H-46L0 92Z", colours[1]),
      stroke("M0 -70V92M-46 0H46", "#3a1420", 2.4),
      stroke("M0 92q-40 46 0 92t0 92t-18 70", colours[0], 5),
      many(4, (index) => path(`M0 ${128 + index * 52}l-18 -9v18zl18 -9v18z`, colours[1])),
    ].join("")}</g>`;
  const bird = (x, y, size) =>
    stroke(
      `M${x - 16 * size} ${y - 5 * size}q${9 * size} ${-7 * size} ${16 * size} ${4 * size}q${7 * size} ${-11 * size} ${16 * size} ${-5 * size}`,
      "#4a1c2c",
      3 * size,
    );
  return drawing(
    1200,
    800,
    vertical("sky", [0, "#5b2a52"], [0.34, "#c94f4a"], [0.62, "#f59a45"], [0.8, "#ffd57a"]),
    glow("sun", [0, "#fff3c4"], [0.3, "#ffe08a", 0.9], [1, "#ffc46b", 0]),
    rect(0, 0, 1200, 800, "url(#sky)"),
    circle(330, 560, 300, "url(#sun)"),
    circle(330, 560, 74, "#fff0bd"),
    many(9, (index) =>
      ellipse(
        between(random, 60, 1140),
        110 + index * 44,
        between(random, 110, 260),
        9,
        "#ffb98a",
        `opacity=".22"`,
      ),
    ),
    roofs(640, "#a3413f", 11, 54),
    rect(868, 300, 46, 400, "#6d2638"),
    rect(856, 392, 70, 14, "#6d2638"),
    rect(856, 500, 70, 12, "#6d2638"),
    path("M868 304q23 -74 46 0z", "#6d2638"),
    stroke("M891 262v-40", "#6d2638", 4),
    path("M560 640a84 84 0 0 1 168 0z", "#6d2638"),
    stroke("M644 556v-34", "#6d2638", 4),
    roofs(668, "#6d2638", 8, 40),
    roofs(740, "#35131f", 5, 34),
    many(30, () => {
      const turn = random() * 6.3;
      const reach = between(random, 60, 190);
      return bird(
        610 + Math.cos(turn) * reach * 1.7,
        300 + Math.sin(turn) * reach * 0.6,
        between(random, 0.5, 1),
      );
    }),
    stroke("M236 640Q380 470 452 250", "#35131f", 1.6),
    stroke("M980 636Q1010 420 1008 190", "#35131f", 1.6),
    kite(456, 190, 1, 24, ["#1d6f78", "#f7e2b0"]),
    kite(1010, 140, 0.8, -14, ["#8d1f3c", "#ffcf4d"]),
    [
      [228, 716],
      [976, 706],
    ].map(([x, y]) => [
      circle(x, y - 86, 13, "#1f0a13"),
      path(`M${x - 18} ${y}q-4 -70 18 -72q22 2 18 72z`, "#1f0a13"),
      stroke(
        `M${x} ${y - 62}L${x + 14} ${y - 96}M${x - 4} ${y - 58}L${x - 22} ${y - 30}`,
        "#1f0a13",
        8,
      ),
    ]),
  );
}

/** Lit windows, a moon, and their reflection in a wet street. */
export function nightStreet() {
  const random = createRandom(83);
  const house = (x, top, wide, fill) => {
    const columns = Math.max(2, Math.round(wide / 52));
    const rows = Math.floor((840 - top) / 64);
    return [
      rect(x, top, wide, 900 - top, fill),
      many(columns * rows, (index) => {
        const column = index % columns;
        const row = Math.floor(index / columns);
        const lit = random() > 0.48;
        const gap = wide / columns;
        return rect(
          x + gap * (column + 0.22),
          top + 24 + row * 64,
          gap * 0.56,
          38,
          lit ? pick(random, ["#ffd36b", "#ffbf57", "#ffe7a6", "#f7a44a"]) : "#1b2547",
          lit ? "" : `opacity=".8"`,
        );
      }),
    ];
  };
  const town = [
    house(0, 330, 150, "#1a2140"),
    house(690, 250, 210, "#1d2646"),
    house(150, 420, 170, "#232c52"),
    house(560, 470, 130, "#262f58"),
    house(-30, 560, 120, "#141a33"),
    house(796, 520, 130, "#141a33"),
  ]
    .flat(9)
    .join("");
  return drawing(
    900,
    1200,
    vertical("sky", [0, "#0a1030"], [0.6, "#2b2f6b"], [1, "#7a4f86"]),
    vertical("street", [0, "#1a1d3c", 0.35], [1, "#080b1c", 0.96]),
    glow("moon", [0, "#fdf6da", 0.8], [1, "#fdf6da", 0]),
    glow("lamp", [0, "#fff1c0"], [0.3, "#ffcf6a", 0.55], [1, "#ffcf6a", 0]),
    blur("wet", "3 14"),
    rect(0, 0, 900, 900, "url(#sky)"),
    many(70, () =>
      circle(random() * 900, random() * 420, between(random, 0.6, 1.8), "#fff", `opacity=".7"`),
    ),
    circle(440, 190, 170, "url(#moon)"),
    circle(440, 190, 62, "#fbf0cf"),
    [
      [420, 176, 12],
      [462, 206, 9],
      [448, 164, 6],
    ].map(([x, y, radius]) => circle(x, y, radius, "#e6d5a8")),
    hills(random, { width: 900, height: 900, level: 760, rise: 120, steps: 8, fill: "#2d2c60" }),
    town,
    `<g transform="translate(0 1800) scale(1 -1)" filter="url(#wet)" opacity=".75">${town}</g>`,
    rect(0, 900, 900, 300, "url(#street)"),
    rect(0, 892, 900, 12, "#0c1024"),
    [250, 640].map((x) => [
      rect(x - 4, 640, 8, 256, "#0a0d1f"),
      path(`M${x - 20} 640h40l-9 -34h-22z`, "#0a0d1f"),
      circle(x, 628, 130, "url(#lamp)"),
      ellipse(x, 1010, 40, 120, "#ffcf6a", `opacity=".3" filter="url(#wet)"`),
    ]),
    [
      [420, "#c83a4a"],
      [520, "#2f7f8f"],
    ].map(([x, colour]) => [
      path(
        `M${x - 58} 812q58 -66 116 0q-14 -10 -29 0q-14 -10 -29 0q-14 -10 -29 0q-15 -10 -29 0z`,
        colour,
      ),
      stroke(`M${x} 776v76`, "#0a0d1f", 4),
      circle(x - 8, 826, 13, "#0a0d1f"),
      path(`M${x - 32} 916q-2 -78 24 -80q26 2 24 80z`, "#0a0d1f"),
      ellipse(x, 980, 40, 60, colour, `opacity=".3" filter="url(#wet)"`),
    ]),
  );
}
