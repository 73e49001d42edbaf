import { expect, test } from "vitest";
import { prepareInSlices } from "./prepare-in-slices.ts";

const definitionOf = (expressions: number): string =>
  JSON.stringify(
    Array.from({ length: expressions }, (_, index) => `{% $sum($states.input.a.(b * ${index})) %}`),
  );

test("others have the thread while a long definition is prepared", async () => {
  let turns = 0;
  let isOver = false;
  const turn = (): void => {
    turns++;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const { expressions } = await prepareInSlices(definitionOf(3_000));
  isOver = true;
  expect(turns).toBeGreaterThan(2);
  expect(expressions?.get("$sum($states.input.a.(b * 7))").tree().type).toBe("function");
});

test("a short one is left to the parser", async () => {
  expect(await prepareInSlices(definitionOf(10))).toEqual({});
});
