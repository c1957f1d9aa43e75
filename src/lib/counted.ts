// Made once: a formatter takes longer to make than thousands of numbers to write.
const whole = new Intl.NumberFormat("en-US");

/** A number with its thousands apart: "1,240"; of its decimals at most three. */
export function grouped(count: number): string {
  return whole.format(count);
}

/** "1 caption", "1,240 captions". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}
