import { evaluationSteps } from "../steps.ts";

/**
 * Bounds of one evaluation.
 *
 * AWS documents three: time (1 s), memory and recursion depth ({@link maxDepth}), each a
 * `States.QueryEvaluationError`. The core
 * reads no clock, so time is counted in steps: one step is the visit of an item or a call, tens of
 * nanoseconds, and work that grows with a text's or an array's length is charged in proportion.
 */
export interface EvaluationLimits {
  /** Steps in all. */
  readonly steps: number;
  /** Items of one array. *Our choice*, after AWS, which was seen to stop at 873,782 numbers. */
  readonly items: number;
  /** UTF-16 units of one string. *Our choice*, after AWS, which was seen to allow 2^22 characters. */
  readonly characters: number;
}

export const defaultLimits: EvaluationLimits = {
  steps: evaluationSteps,
  items: 873_782,
  characters: 4_194_304,
};

/**
 * Evaluations within evaluations, of nodes and of the bodies of functions; tail calls do not count. AWS fails
 * a sum of 200 numbers. *Observed*; that it is 100 is what its implementation of the language takes.
 */
export const maxDepth = 100;

/** Characters of one expression's text. *Our choice*: the package's parser takes quadratic time in it. */
export const maxExpressionLength = 32_768;

/**
 * How deep `?:` and `??` may be nested on their left side. *Our choice*: the package's parser copies the
 * left operand, so each level doubles the tree.
 */
export const maxDefaultOperatorDepth = 10;

/** Steps of one path. *Our choice*: the package's parser takes quadratic time in them, 100 ms for 4,000. */
export const maxPathLength = 1_000;

/** Characters of a number or date picture. *Our choice*: the package analyses pictures in quadratic time. */
export const maxPictureLength = 512;

/** Largest width modifier (`[Y,4]`) of a date picture. *Our choice*: it pads with that many zeros. */
export const maxPictureWidth = 100;

/** Backtracking steps that parsing a timestamp by a picture may take. *Our choice*. */
export const maxPictureBacktracking = 100_000;
