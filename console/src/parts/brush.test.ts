import { expect, test } from "vitest";
import { brushedByKey, endsOf, type Brush } from "./brush.ts";

const press = (brush: Brush | undefined, ...keys: readonly string[]) =>
  keys.reduce<Brush | undefined>((before, name) => {
    const key = name.replace("Shift+", "");
    return brushedByKey(before, { key, shiftKey: key !== name }, 10) ?? before;
  }, brush);

test("the first arrow chooses the newest place, the next ones move on from there", () => {
  expect(press(undefined, "ArrowLeft")).toEqual({ anchor: 9, end: 9 });
  expect(press(undefined, "ArrowLeft", "ArrowLeft")).toEqual({ anchor: 8, end: 8 });
});

test("with Shift an arrow stretches it from where it was begun, past its beginning, too", () => {
  const wide = press({ anchor: 4, end: 4 }, "Shift+ArrowRight", "Shift+ArrowRight");
  expect(wide).toEqual({ anchor: 4, end: 6 });
  const back = press(wide, ...Array<string>(4).fill("Shift+ArrowLeft"));
  expect(endsOf(back ?? { anchor: 0, end: 0 })).toEqual([2, 4]);
});

test("it does not leave the axis", () => {
  expect(press({ anchor: 9, end: 9 }, "ArrowRight")).toEqual({ anchor: 9, end: 9 });
  expect(press({ anchor: 3, end: 3 }, "Shift+Home", "Shift+ArrowLeft")).toEqual({
    anchor: 3,
    end: 0,
  });
});

test("another key, or an empty axis, means nothing", () => {
  expect(brushedByKey(undefined, { key: "a", shiftKey: false }, 10)).toBeUndefined();
  expect(brushedByKey(undefined, { key: "Home", shiftKey: false }, 0)).toBeUndefined();
});
