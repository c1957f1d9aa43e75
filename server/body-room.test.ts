import { expect, test } from "vitest";
import { BodyRoom } from "./body-room.ts";

test("bodies enter in the order they came, as long as there is room", async () => {
  const room = new BodyRoom(10, 5);
  const entered: string[] = [];
  const enter = async (name: string, bytes: number) => {
    const leave = await room.enter(bytes);
    entered.push(name);
    return leave;
  };
  const [first, second] = await Promise.all([enter("a", 6), enter("b", 4)]);
  const third = enter("c", 8);
  // It would fit sooner, but it does not overtake.
  const fourth = enter("d", 1);
  second?.();
  expect(entered).toEqual(["a", "b"]);
  first?.();
  await Promise.all([third, fourth]);
  expect(entered).toEqual(["a", "b", "c", "d"]);
});

test("a body larger than the room enters alone, and one body too many is turned away", async () => {
  const room = new BodyRoom(10, 1);
  const leave = await room.enter(11);
  const waiting = room.enter(1);
  expect(await room.enter(1)).toBeNull();
  leave?.();
  expect(await waiting).not.toBeNull();
});
