// Close-ups for the sample sheet: each a function that returns an SVG document.
import {
  between,
  blur,
  circle,
  createRandom,
  drawing,
  ellipse,
  horizontal,
  many,
  path,
  pick,
  rect,
  stroke,
  vertical,
} from "./draw-shapes.mjs";

/** A vase, fruit and the shadow of a window. */
export function studioTable() {
  const random = createRandom(131);
  const flower = (x, y, size, [petal, heart]) => [
    many(
      8,
      (index) =>
        `<g transform="translate(${x} ${y}) rotate(${index * 45 + between(random, -8, 8)})">${ellipse(0, -22 * size, 13 * size, 25 * size, petal)}</g>`,
    ),
    circle(x, y, 13 * size, heart),
    circle(x - 3 * size, y - 3 * size, 5 * size, "#fff", `opacity=".35"`),
  ];
  const orange = (x, y, radius) => [
    ellipse(
      x + radius * 0.5,
      y + radius * 0.86,
      radius * 1.4,
      radius * 0.26,
      "#3a2748",
      `opacity=".35" filter="url(#soft)"`,
    ),
    circle(x, y, radius, "url(#orange)"),
    circle(
      x - radius * 0.32,
      y - radius * 0.36,
      radius * 0.2,
      "#fff",
      `opacity=".5" filter="url(#soft)"`,
    ),
    path(
      `M${x} ${y - radius * 0.9}q${radius * 0.1} ${-radius * 0.5} ${radius * 0.7} ${-radius * 0.45}q${-radius * 0.1} ${radius * 0.42} ${-radius * 0.7} ${radius * 0.45}z`,
      "#3f7a45",
    ),
  ];
  const stems = [
    [470, 250, 420],
    [540, 200, 520],
    [610, 270, 640],
    [410, 350, 350],
    [680, 370, 700],
  ];
  return drawing(
    1080,
    1080,
    horizontal("wall", [0, "#f0c6ae"], [1, "#d79c8f"]),
    vertical("table", [0, "#6f8f94"], [1, "#3f5f6b"]),
    horizontal("vase", [0, "#fdfaf2"], [0.45, "#e4e6ec"], [1, "#8290ad"]),
    `<radialGradient id="orange" cx=".36" cy=".32" r=".8"><stop offset="0" stop-color="#ffc04d"/><stop offset=".6" stop-color="#f0862a"/><stop offset="1" stop-color="#a84a1c"/></radialGradient>`,
    blur("soft", 9),
    rect(0, 0, 1080, 1080, "url(#wall)"),
    [0, 1].map((column) =>
      [0, 1, 2].map((row) => {
        const x = 600 + column * 170 + row * 26;
        const y = 70 + row * 190;
        return path(
          `M${x} ${y}l150 -26l24 168l-150 26z`,
          "#fff1cf",
          `opacity=".62" filter="url(#soft)"`,
        );
      }),
    ),
    rect(0, 760, 1080, 320, "url(#table)"),
    rect(0, 756, 1080, 8, "#8fb0b2"),
    path(
      "M560 830Q760 800 1010 880Q1040 920 960 930Q720 930 540 880Z",
      "#22344a",
      `opacity=".45" filter="url(#soft)"`,
    ),
    stems.map(([x, y, bend]) => stroke(`M540 620Q${bend} ${y + 190} ${x} ${y}`, "#4b7a4f", 9)),
    many(9, (index) => {
      const x = between(random, 400, 690);
      const y = between(random, 380, 560);
      const side = index % 2 === 0 ? 1 : -1;
      return path(
        `M540 610Q${(x + 540) / 2 + side * 46} ${y - 20} ${x} ${y}Q${(x + 540) / 2 - side * 22} ${y + 70} 540 610Z`,
        pick(random, ["#3f6f4a", "#5f9058", "#2f5a44"]),
      );
    }),
    flower(470, 250, 1.7, ["#d8434e", "#ffd466"]),
    flower(540, 180, 1.3, ["#fdf1e3", "#f2a93a"]),
    flower(614, 264, 1.9, ["#8d3f8a", "#ffd98f"]),
    flower(404, 352, 1.2, ["#f5b13d", "#7a3b1d"]),
    flower(688, 372, 1.35, ["#f28aa0", "#fff0b8"]),
    flower(548, 356, 1.55, ["#fbe3ea", "#e0a23a"]),
    path(
      "M494 560Q500 640 462 700Q420 770 450 850Q474 908 540 908Q606 908 630 850Q660 770 618 700Q580 640 586 560Z",
      "url(#vase)",
    ),
    ellipse(540, 560, 46, 12, "#64718f"),
    stroke("M452 790Q540 826 630 786", "#3f62a8", 12),
    stroke("M446 822Q540 862 636 818", "#3f62a8", 5),
    many(5, (index) => circle(470 + index * 35, 744 + Math.abs(index - 2) * -5, 9, "#3f62a8")),
    orange(300, 872, 74),
    orange(196, 930, 62),
    orange(770, 936, 70),
    path("M830 1000Q930 900 1010 980L990 1010Q920 960 850 1020Z", "#fff4dc"),
    stroke("M856 1004Q930 930 1000 990", "#e7c48f", 5),
  );
}

/** Market umbrellas from straight above. */
export function marketUmbrellas() {
  const random = createRandom(149);
  const umbrella = (x, y, radius, colours, turn) => {
    const wedge = (index) => {
      const from = ((index * 45 + turn) * Math.PI) / 180;
      const to = (((index + 1) * 45 + turn) * Math.PI) / 180;
      return path(
        `M${x} ${y}L${x + Math.cos(from) * radius} ${y + Math.sin(from) * radius}L${x + Math.cos(to) * radius} ${y + Math.sin(to) * radius}Z`,
        colours[index % 2],
      );
    };
    return [
      circle(x + 22, y + 26, radius * 0.97, "#3c3542", `opacity=".5"`),
      many(8, wedge),
      many(8, (index) => {
        const angle = ((index * 45 + turn) * Math.PI) / 180;
        return stroke(
          `M${x} ${y}L${x + Math.cos(angle) * radius} ${y + Math.sin(angle) * radius}`,
          "#2b2433",
          1.6,
          `opacity=".5"`,
        );
      }),
      circle(x, y, radius * 0.07, "#2b2433"),
    ];
  };
  const crate = (x, y, colour) => [
    rect(x + 6, y + 8, 92, 62, "#3c3542", `opacity=".45"`),
    rect(x, y, 92, 62, "#9a6b3f"),
    many(15, (index) =>
      circle(x + 13 + (index % 5) * 16.5, y + 14 + Math.floor(index / 5) * 17, 8, colour),
    ),
  ];
  const person = (x, y, shirt, hair) => [
    ellipse(x + 10, y + 12, 30, 20, "#3c3542", `opacity=".45"`),
    ellipse(x, y, 31, 19, shirt),
    circle(x, y, 13, hair),
  ];
  const red = ["#d23f3a", "#f8ead2"];
  const teal = ["#1f8a88", "#f3e6c4"];
  const yellow = ["#f2b134", "#f9e7b8"];
  const blue = ["#35569f", "#e9ecf2"];
  const pink = ["#d86a92", "#fbe5ea"];
  return drawing(
    1200,
    900,
    rect(0, 0, 1200, 900, "#b9aea3"),
    many(21, (row) =>
      many(28, (column) =>
        rect(
          column * 45 - (row % 2) * 22,
          row * 44,
          41,
          40,
          pick(random, ["#c4b9ad", "#b3a79c", "#bdb3a9", "#aba096"]),
          `rx="7"`,
        ),
      ),
    ),
    crate(60, 380, "#d8322c"),
    crate(60, 460, "#f08a24"),
    crate(430, 340, "#7fae3f"),
    crate(540, 340, "#7d4fb0"),
    crate(880, 560, "#f4dd3c"),
    crate(985, 560, "#d8322c"),
    crate(300, 800, "#3b9a45"),
    crate(410, 800, "#f08a24"),
    crate(760, 70, "#c83a8e"),
    person(380, 470, "#2f6fcc", "#2a1a14"),
    person(720, 520, "#f5ecd2", "#7a4f2c"),
    person(640, 640, "#a31f34", "#1d1512"),
    person(250, 660, "#5c7040", "#4a2c1a"),
    person(800, 380, "#1b2b4b", "#c8b08b"),
    person(1090, 760, "#c56b4a", "#2a1a14"),
    person(500, 90, "#8fc4ec", "#4a2c1a"),
    umbrella(180, 190, 185, red, 10),
    umbrella(610, 210, 150, yellow, 30),
    umbrella(1010, 250, 205, teal, 0),
    umbrella(130, 720, 165, blue, 22),
    umbrella(520, 640, 120, pink, 14),
    umbrella(900, 770, 160, red, 36),
    umbrella(395, 30, 90, teal, 5),
    umbrella(1180, 560, 110, yellow, 18),
  );
}
