import { readFirstLoad } from "./scripts/first-load.mjs";

const build = "dist/app";
const { scripts, fonts } = readFirstLoad(build);
const inBuild = (paths) => paths.map((path) => `${build}/${path}`);

/** What a first visit may load before its first input. Fonts are already compressed, so they count as they are. */
export default [
  { name: "Scripts of the first load", path: inBuild(scripts), limit: "100 kB", gzip: true },
  { name: "Fonts", path: inBuild(fonts), limit: "60 kB", brotli: false },
];
