// Waters of the sample sheet: each a function that returns an SVG document.
import {
  between,
  blur,
  circle,
  createRandom,
  drawing,
  ellipse,
  glow,
  hills,
  horizontal,
  many,
  path,
  pick,
  rect,
  smooth,
  stroke,
  vertical,
} from "./draw-shapes.mjs";

/** Mist over water, a low sun, moored boats. */
export function harbourDawn() {
  const random = createRandom(11);
  const ridges = [
    ["#c9b4ae", 400, 120],
    ["#a99ba6", 425, 90],
    ["#7f8296", 448, 62],
  ];
  const boat = (x, y, size, dark) => [
    path(
      `M${x - 62 * size} ${y}q${10 * size} ${30 * size} ${34 * size} ${30 * size}h${62 * size}q${26 * size} ${-4 * size} ${36 * size} ${-34 * size}q${-64 * size} ${12 * size} ${-132 * size} ${4 * size}z`,
      dark,
    ),
    path(`M${x - 16 * size} ${y + 2}v${-24 * size}h${36 * size}l${8 * size} ${24 * size}z`, dark),
    stroke(
      `M${x - 20 * size} ${y}V${y - 128 * size}M${x + 26 * size} ${y}V${y - 92 * size}`,
      dark,
      4 * size,
    ),
    stroke(
      `M${x - 20 * size} ${y - 126 * size}L${x + 66 * size} ${y - 4 * size}M${x - 20 * size} ${y - 126 * size}L${x - 60 * size} ${y - 2 * size}`,
      dark,
      1.4 * size,
    ),
    ellipse(x, y + 44 * size, 70 * size, 11 * size, dark, `opacity=".35" filter="url(#soft)"`),
    stroke(`M${x - 20 * size} ${y + 46 * size}q8 20 -4 44t6 46`, dark, 3 * size, `opacity=".3"`),
  ];
  return drawing(
    1200,
    800,
    vertical("sky", [0, "#3f5674"], [0.38, "#c98f76"], [0.55, "#f6cf9b"]),
    vertical("sea", [0, "#e8b98c"], [0.2, "#a98a8c"], [1, "#20334a"]),
    glow("sun", [0, "#fff6dc"], [0.2, "#ffe2a8", 0.95], [1, "#ffd28a", 0]),
    blur("soft", 6),
    blur("mist", 22),
    rect(0, 0, 1200, 480, "url(#sky)"),
    circle(760, 296, 250, "url(#sun)"),
    circle(760, 296, 40, "#fffaf0"),
    ridges.map(([fill, level, rise], index) =>
      hills(random, { width: 1200, height: 490, level, rise, steps: 6 + index * 2, fill }),
    ),
    rect(0, 452, 1200, 348, "url(#sea)"),
    many(46, () => {
      const y = 470 + 320 * random() ** 1.6;
      const reach = (y - 450) * 0.3 + 16;
      return ellipse(
        760 + between(random, -reach, reach),
        y,
        between(random, 14, 50),
        2.4,
        "#ffe9c2",
        `opacity="${0.75 - (y - 450) / 620}"`,
      );
    }),
    ellipse(300, 456, 520, 26, "#f3dcc0", `opacity=".75" filter="url(#mist)"`),
    ellipse(1000, 462, 420, 20, "#f3dcc0", `opacity=".6" filter="url(#mist)"`),
    boat(250, 505, 0.55, "#54596c"),
    boat(1010, 520, 0.7, "#474e62"),
    boat(520, 570, 1.05, "#2c3549"),
    path("M0 716L470 736L476 756H0Z", "#141d2c"),
    many(6, (index) => rect(34 + index * 78, 690 + index * 3, 13, 110, "#0f1622")),
    path("M300 690q-4 -34 14 -38q20 4 16 38l6 44h-40z", "#0f1622"),
    circle(314, 640, 12, "#0f1622"),
    path("M350 706h70v6h-6v24h-6v-24h-46v24h-6v-24h-6z", "#0f1622"),
    many(3, (index) => path(`M${362 + index * 18} 706v-9h10v9z`, "#f4e3c6")),
  );
}

/** A lighthouse and its beam on a starry night. */
export function lighthouse() {
  const random = createRandom(47);
  return drawing(
    900,
    1200,
    vertical("sky", [0, "#0b1433"], [0.5, "#243a72"], [0.78, "#6a6fa8"], [1, "#d99a92"]),
    vertical("sea", [0, "#4c5488"], [1, "#0a1330"]),
    horizontal("beam", [0, "#fff3bf", 0.9], [1, "#fff3bf", 0]),
    horizontal("back", [0, "#fff3bf", 0], [1, "#fff3bf", 0.8]),
    horizontal("tower", [0, "#fffaf0"], [0.55, "#e5dccd"], [1, "#9b97a8"]),
    glow("lamp", [0, "#fffbe0"], [0.35, "#ffe48a", 0.7], [1, "#ffe48a", 0]),
    rect(0, 0, 900, 900, "url(#sky)"),
    many(150, () => {
      const y = 640 * random() ** 1.5;
      return circle(
        random() * 900,
        y,
        between(random, 0.7, 2.3),
        "#fff",
        `opacity="${between(random, 0.35, 0.95)}"`,
      );
    }),
    circle(170, 190, 52, "#fdf3d0"),
    circle(192, 178, 46, "#16224e"),
    path("M606 402L-60 250V500Z", "url(#back)", `opacity=".62"`),
    path("M640 402L960 330V470Z", "url(#beam)", `opacity=".62"`),
    rect(0, 860, 900, 340, "url(#sea)"),
    many(60, () => {
      const y = 872 + 320 * random();
      return rect(
        random() * 900,
        y,
        between(random, 30, 120) * ((y - 800) / 200),
        2.2,
        pick(random, ["#8d8fc4", "#c79aa4", "#27356a"]),
        `opacity=".5"`,
      );
    }),
    path(
      "M900 760Q780 742 716 772Q600 790 520 850Q430 900 380 1010Q340 1090 260 1200H900Z",
      "#141a33",
    ),
    path("M900 760Q780 742 716 772Q640 784 580 820Q700 800 760 830Q840 860 900 850Z", "#2b3a4e"),
    path("M584 800L604 452H642L668 800Z", "url(#tower)"),
    [0, 1, 2].map((band) => {
      const y = 510 + band * 104;
      const half = 20 + (y - 452) * 0.064;
      return path(
        `M${623 - half} ${y}H${624 + half}L${626 + half} ${y + 50}H${620 - half}Z`,
        "#b8312f",
      );
    }),
    rect(590, 438, 68, 16, "#1b2040"),
    rect(606, 378, 36, 60, "#ffe9a0"),
    stroke("M606 378V438M624 378V438M642 378V438", "#1b2040", 4),
    path("M598 380Q624 326 650 380Z", "#b8312f"),
    circle(624, 404, 96, "url(#lamp)"),
    rect(692, 770, 116, 66, "#e8e0d2"),
    path("M680 772L750 716L820 772Z", "#7c2a30"),
    rect(712, 792, 22, 26, "#ffd97a"),
    rect(764, 792, 22, 26, "#ffd97a"),
    many(7, (index) =>
      ellipse(
        330 + index * 44,
        1004 - index * 24 + between(random, -6, 12),
        36,
        8,
        "#dfe3f2",
        `opacity=".55"`,
      ),
    ),
  );
}

/** Jellyfish adrift in deep water. */
export function jellyfish() {
  const random = createRandom(163);
  const jelly = (x, y, size, [light, dark], turn) => {
    const arms = many(9, (index) => {
      const start = -62 + index * 15.5;
      const points = many(7, (step) => [
        start + Math.sin(step * 1.3 + index) * 15 + step * between(random, -2, 2),
        6 + step * between(random, 40, 52),
      ]);
      return stroke(
        smooth(points),
        index % 3 === 1 ? light : dark,
        index % 3 === 1 ? 6 : 2.4,
        `opacity=".62"`,
      );
    });
    return `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${size})">${[
      circle(0, -16, 160, "url(#halo)"),
      ...arms,
      path(
        "M-84 8C-92 -82 -44 -118 0 -118S92 -82 84 8Q70 24 56 8Q42 24 28 8Q14 24 0 8Q-14 24 -28 8Q-42 24 -56 8Q-70 24 -84 8Z",
        dark,
        `opacity=".9"`,
      ),
      path("M-62 -4C-66 -68 -34 -98 0 -98S66 -68 62 -4Q0 22 -62 -4Z", light, `opacity=".72"`),
      many(4, (index) => ellipse(-30 + index * 20, -34, 7, 22, "#fff", `opacity=".42"`)),
      path("M-50 -50Q-44 -92 -8 -104Q-30 -84 -36 -44Z", "#fff", `opacity=".5"`),
    ].join("")}</g>`;
  };
  return drawing(
    1200,
    800,
    `<radialGradient id="water" cx=".38" cy=".05" r="1.1"><stop offset="0" stop-color="#2f86c4"/><stop offset=".45" stop-color="#123f86"/><stop offset="1" stop-color="#050d30"/></radialGradient>`,
    glow("halo", [0, "#ffd0f0", 0.5], [1, "#ff9fe0", 0]),
    rect(0, 0, 1200, 800, "url(#water)"),
    [180, 420, 640].map((x, index) =>
      path(
        `M${x} 0L${x - 190 + index * 90} 800H${x - 20 + index * 110}L${x + 70} 0Z`,
        "#9fdcff",
        `opacity=".09"`,
      ),
    ),
    many(110, () =>
      circle(
        random() * 1200,
        random() * 800,
        between(random, 0.8, 3.4),
        "#bfe9ff",
        `opacity="${between(random, 0.15, 0.6)}"`,
      ),
    ),
    jelly(980, 250, 0.5, ["#ffe0b8", "#e88a6a"], 18),
    jelly(180, 560, 0.42, ["#d6c2ff", "#7a5fd0"], -16),
    jelly(760, 620, 0.34, ["#c8f4ff", "#4aa3d8"], 8),
    jelly(430, 250, 1.25, ["#ffd3ea", "#e0559f"], -9),
    jelly(880, 420, 0.92, ["#ffe3c9", "#e9804f"], 14),
    jelly(120, 180, 0.36, ["#c8f4ff", "#4aa3d8"], -24),
  );
}
