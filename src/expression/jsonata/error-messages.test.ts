import jsonata from "jsonata";
import { expect, test } from "vitest";
import { messageTemplates, type ErrorCode } from "./error-messages.ts";
import { jsonataError } from "./jsonata-error.ts";

const details = {
  token: "name",
  value: { a: [1, "x"] },
  value2: "second",
  index: 2,
  type: "numbers",
  exp: 3,
  message: "as is",
  functionName: "encodeUrl",
};

test.each(Object.keys(messageTemplates) as ErrorCode[])(
  "%s is worded as in the package",
  async (code) => {
    const expression = jsonata("$fail()");
    expression.registerFunction("fail", () => {
      throw Object.assign(new Error(), { code, ...details });
    });
    await expect(expression.evaluate(null)).rejects.toMatchObject({
      message: jsonataError(code, details).message,
    });
  },
);
