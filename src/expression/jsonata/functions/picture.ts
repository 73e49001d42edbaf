import { jsonataError } from "../jsonata-error.ts";
import { maxPictureLength, maxPictureWidth } from "../limits.ts";
import { callPackage } from "../package-functions.ts";
import type { Run } from "../run.ts";
import { textOf, type Value, type ValueObject } from "../value.ts";
import { define, type Definitions } from "./definition.ts";

/** Formatting and parsing of integers and numbers by picture. */
export const pictureFunctions: Definitions = {
  formatNumber: define("<n-so?:s>", 3, ([value, picture, options], run) => {
    if (typeof value !== "number") return undefined;
    checkPicture(textOf(picture), run);
    checkFinite(value);
    checkOptions(options);
    return callPackage("formatNumber", [value, picture, options]) as string;
  }),

  formatInteger: define("<n-s:s>", 2, ([value, picture], run) => {
    if (typeof value !== "number") return undefined;
    checkPicture(textOf(picture), run);
    checkFinite(value);
    return callPackage("formatInteger", [value, picture]) as string;
  }),

  parseInteger: define("<s-s:n>", 2, ([text, picture], run) => {
    if (typeof text !== "string") return undefined;
    checkPicture(textOf(picture), run);
    run.spend((text.length * (1 + textOf(picture).length)) / 64);
    return callPackage("parseInteger", [text, picture]) as number;
  }),
};

/** The package's loops over a number's digits never end for Infinity. */
export function checkFinite(value: number): void {
  if (!Number.isFinite(value)) throw jsonataError("D1001", { value });
}

export function checkPicture(picture: string, run: Run): void {
  if (picture.length > maxPictureLength) {
    throw jsonataError("D3137", {
      message: `The picture string is longer than ${maxPictureLength} characters`,
    });
  }
  run.spend(stepsPerPicture + picture.length ** 2 / 12);
}

/** A picture is analysed anew for each call: measured, 13 µs for a short one, a millisecond for a long one. */
const stepsPerPicture = 100;

/** The package expects texts and checks nothing. */
function checkOptions(options: Value): void {
  for (const [name, value] of Object.entries((options ?? {}) as ValueObject)) {
    if (typeof value !== "string" || value === "") {
      throw jsonataError("D3137", {
        message: `The formatNumber option '${name}' must be a string that is not empty`,
      });
    }
  }
}

/** A width modifier such as `[Y,4-6]` pads with that many zeros. */
export function checkWidths(picture: string): void {
  for (const [, width] of picture.matchAll(/,[\s*]*-?\s*(\d[\d\s]*)/g)) {
    if (Number((width as string).replace(/\s/g, "")) > maxPictureWidth) {
      throw jsonataError("D3137", {
        message: `A width in the picture string is larger than ${maxPictureWidth}`,
      });
    }
  }
}
