import { compileArnText } from "../arn-text.ts";
import { compileText } from "../policy-text.ts";
import type { ValueOperator } from "./value-operator.ts";

export const stringEquals: ValueOperator = {
  compile: (value, hasVariables) => compileText(value, { hasVariables }),
};

export const stringEqualsIgnoreCase: ValueOperator = {
  compile: (value, hasVariables) => compileText(value, { hasVariables, ignoresCase: true }),
};

export const stringLike: ValueOperator = {
  compile: (value, hasVariables) => compileText(value, { hasVariables, hasWildcards: true }),
};

/** *Documented*: `ArnEquals` and `ArnLike` are the same. */
export const arnLike: ValueOperator = {
  compile: (value, hasVariables) => compileArnText(value, { hasVariables }),
};

/** *Documented*: the context has Base64 of the bytes as the policy has. */
export const binaryEquals: ValueOperator = {
  compile: (value) => ({ matches: (given) => given === value }),
};

/** *Documented*: this one may have variables, too. */
export const bool: ValueOperator = {
  compile(value, hasVariables) {
    const isVariable = hasVariables && value.includes("${");
    if (!isVariable && !isBoolean(value)) return undefined;
    const text = compileText(value, { hasVariables, ignoresCase: true });
    return {
      ...text,
      matches: (given, context) => (isBoolean(given) ? text.matches(given, context) : "unknown"),
    };
  },
};

function isBoolean(text: string): boolean {
  return /^(?:true|false)$/i.test(text);
}
