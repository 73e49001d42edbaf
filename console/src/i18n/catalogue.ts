import type { en } from "./en.ts";

/** What every language has to say: the members of the English one, whatever they say. */
export type Catalogue = Widened<typeof en>;

/** The same members, with any texts of the same kind. */
export type Widened<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : Widened<T[K]>;
};
