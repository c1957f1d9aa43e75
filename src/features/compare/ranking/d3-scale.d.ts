// d3 comes without types; these are for the part that the charts use.
declare module "d3-scale" {
  export interface ScaleLinear {
    (value: number): number;
    domain(bounds: readonly [number, number]): ScaleLinear;
    range(bounds: readonly [number, number]): ScaleLinear;
    nice(count?: number): ScaleLinear;
    ticks(count?: number): number[];
  }
  export function scaleLinear(): ScaleLinear;
}
