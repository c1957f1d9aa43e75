// Rooms of the sample sheet: each a function that returns an SVG document.
import {
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
  smooth,
  stroke,
  vertical,
} from "./draw-shapes.mjs";

/** A mounted skeleton in a hall of arches, with visitors. */
export function fossilHall() {
  const bone = "#f2e6c9";
  const spine = [
    [212, 262],
    [300, 238],
    [372, 300],
    [470, 372],
    [600, 384],
    [720, 372],
    [840, 400],
    [960, 440],
    [1090, 420],
  ];
  const arch = (x) => [
    path(`M${x} 520V230a96 96 0 0 1 192 0V520Z`, "#2c5661"),
    path(`M${x + 14} 520V232a82 82 0 0 1 164 0V520Z`, "#4f8790"),
    stroke(`M${x + 96} 150V520M${x + 14} 300H${x + 178}M${x + 14} 410H${x + 178}`, "#2c5661", 7),
  ];
  const visitor = (x, size, coat, hair) => [
    path(
      `M${x - 26 * size} 800q-4 ${-120 * size} ${26 * size} ${-124 * size}q${30 * size} ${4 * size} ${26 * size} ${124 * size}z`,
      coat,
    ),
    circle(x, 800 - 146 * size, 21 * size, "#a86f4d"),
    path(
      `M${x - 23 * size} ${800 - 142 * size}q${-2 * size} ${-32 * size} ${23 * size} ${-32 * size}t${23 * size} ${32 * size}q${-12 * size} ${-14 * size} ${-46 * size} 0z`,
      hair,
    ),
  ];
  return drawing(
    1200,
    800,
    rect(0, 0, 1200, 800, "#7b4a35"),
    rect(0, 0, 1200, 90, "#5d3529"),
    many(7, (index) => rect(index * 200 - 14, 0, 28, 620, "#8d5a40")),
    [4, 204, 404, 604, 804, 1004].map(arch),
    rect(0, 520, 1200, 110, "#6b3e2e"),
    many(12, (index) => rect(20 + index * 100, 536, 74, 74, "#56301f")),
    rect(0, 620, 1200, 180, "#c99a68"),
    many(13, (index) =>
      stroke(`M${600 + (index - 6) * 70} 620L${600 + (index - 6) * 170} 800`, "#b08455", 4),
    ),
    path("M250 690H990L1060 748H180Z", "#43281d"),
    rect(180, 748, 880, 20, "#2f1b13"),
    stroke(smooth(spine), bone, 20),
    spine.slice(2, 8).map(([x, y]) => circle(x, y, 14, bone)),
    many(9, (index) => {
      const x = 436 + index * 34;
      const long = 118 - Math.abs(index - 3.2) * 14;
      return stroke(`M${x} ${366 + index * 2}q-34 ${long * 0.6} 14 ${long}`, bone, 8);
    }),
    path("M218 268q-96 -42 -158 6q-14 22 4 36l120 4q40 -10 48 -30z", bone),
    circle(150, 262, 12, "#5d3529"),
    circle(196, 268, 9, "#5d3529"),
    path("M72 330q70 34 150 -6l14 14q-84 54 -172 10z", bone),
    many(9, (index) => path(`M${74 + index * 14} 312l6 18l6 -18z`, "#fff8e6")),
    stroke("M424 372L392 440L420 470M420 470l-16 16M420 470l4 18", bone, 9),
    stroke("M470 380L446 452L474 478", bone, 9),
    stroke("M720 380L664 500L724 588L690 690M690 690h-52M690 690h26", bone, 19),
    stroke("M762 388L796 506L748 594L792 690M792 690h52M792 690h-24", bone, 17),
    ellipse(738, 392, 66, 36, bone),
    stroke("M300 90V236M640 90V380M960 90V438", "#3a2219", 3),
    visitor(250, 1, "#2f6f73", "#2a1a14"),
    visitor(330, 0.72, "#d8a12f", "#5a2c18"),
    visitor(394, 0.66, "#a33a32", "#1d1512"),
    visitor(880, 1.06, "#f0c14b", "#3c2417"),
    visitor(972, 0.7, "#44608c", "#2a1a14"),
    visitor(1050, 0.62, "#7a9a55", "#6a3b1c"),
  );
}

/** A woman in a red coat at a window, drawn flat. */
export function windowPortrait() {
  const random = createRandom(181);
  return drawing(
    900,
    1200,
    vertical("room", [0, "#24424a"], [1, "#16282f"]),
    vertical("outside", [0, "#cfe6ee"], [0.6, "#f7e6cf"], [1, "#e9b98f"]),
    horizontal("skin", [0, "#f0bd98"], [0.6, "#d9976f"], [1, "#a8674a"]),
    horizontal("coat", [0, "#d8453c"], [0.7, "#a92a32"], [1, "#6f1726"]),
    blur("soft", 12),
    rect(0, 0, 900, 1200, "url(#room)"),
    rect(70, 90, 430, 720, "url(#outside)"),
    many(5, (index) =>
      ellipse(
        110 + index * 86,
        700 + (index % 2) * 22,
        92,
        90,
        pick(random, ["#7fa08a", "#5f8577", "#98b295"]),
      ),
    ),
    rect(70, 724, 430, 86, "#55796b"),
    stroke("M70 90H500V810H70ZM285 90V810M70 430H500", "#f1e7d8", 16),
    rect(40, 800, 490, 26, "#f6eee0"),
    path("M118 800l-12 -92h96l-12 92z", "#b8623f"),
    many(9, (index) => {
      const lean = (index - 4) * 24;
      return path(
        `M154 712Q${154 + lean * 0.4} ${620 - (index % 3) * 24} ${154 + lean * 1.7} ${560 + Math.abs(index - 4) * 22}Q${154 + lean * 1.3} 650 154 712Z`,
        index % 2 === 0 ? "#2f6b4a" : "#4c8f5f",
      );
    }),
    rect(640, 170, 190, 240, "#c9a26a"),
    rect(658, 188, 154, 204, "#efe2c6"),
    circle(720, 262, 34, "#d97a4a"),
    path("M658 392V336q50 -54 154 -10v66z", "#3f6f78"),
    path(
      "M300 470Q310 300 470 292Q640 296 640 500Q650 640 700 740L560 800H400L312 720Q330 620 300 470Z",
      "#2a1a1c",
    ),
    path("M412 690V810Q470 862 540 806V680Z", "#b9764f"),
    path(
      "M368 500Q360 372 462 364Q574 366 574 500Q574 622 520 692Q474 738 432 696Q374 630 368 500Z",
      "url(#skin)",
    ),
    path(
      "M352 520Q336 340 470 330Q610 336 596 520Q590 420 520 396Q470 440 398 440Q362 456 352 520Z",
      "#3a2426",
    ),
    ellipse(424, 528, 17, 9, "#fff8f0"),
    ellipse(518, 528, 17, 9, "#fff8f0"),
    circle(421, 528, 8, "#3b2a22"),
    circle(515, 528, 8, "#3b2a22"),
    stroke("M398 500Q422 488 446 500M494 500Q518 488 542 500", "#2a1a1c", 7),
    stroke("M466 530Q452 578 458 598Q470 606 484 600", "#a8674a", 6),
    path("M432 640Q470 626 508 640Q470 674 432 640Z", "#b5413f"),
    stroke("M432 640Q470 650 508 640", "#7a2530", 3),
    ellipse(398, 590, 28, 18, "#e88a72", `opacity=".45" filter="url(#soft)"`),
    ellipse(546, 590, 24, 18, "#c96a55", `opacity=".4" filter="url(#soft)"`),
    circle(360, 620, 9, "#f2c14e"),
    path("M60 1200Q90 900 300 850L410 790Q470 862 544 784L660 842Q850 900 880 1200Z", "url(#coat)"),
    path("M410 790L300 850L420 1010L474 866Z", "#e2635a"),
    path("M544 784L660 842L540 1010L474 866Z", "#8a1f2c"),
    stroke("M474 866V1200", "#6f1726", 6),
    [980, 1080, 1170].map((y) => circle(512, y, 13, "#f2c14e")),
    path("M404 770Q470 836 548 768L556 812Q474 880 396 808Z", "#f0dfb9"),
    path("M70 90H500V810H70Z", "#fff", `opacity=".05"`),
  );
}
