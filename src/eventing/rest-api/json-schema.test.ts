import { expect, test } from "vitest";
import type { JsonValue } from "../../expression/json.ts";
import { compileSchema, InvalidSchema } from "./json-schema.ts";

const models: { readonly [name: string]: JsonValue } = {
  Item: { type: "object", required: ["n"], properties: { n: { type: "integer", minimum: 1 } } },
  Tree: {
    type: "object",
    properties: { child: { $ref: "#/definitions/Tree" } },
    additionalProperties: false,
  },
};

const check = (schema: JsonValue) => compileSchema(schema, (name) => models[name]);

test.each<[JsonValue, readonly JsonValue[], readonly JsonValue[]]>([
  [{ type: ["string", "null"] }, ["a", null], [1, {}]],
  [{ type: "integer" }, [1, 1.0], [1.5, "1"]],
  [{ enum: [{ a: 1 }, 2] }, [{ a: 1 }, 2], [{ a: 2 }]],
  [{ minimum: 1, exclusiveMinimum: true }, [2, "text"], [1]],
  [
    { properties: { a: {} }, patternProperties: { "^x": {} }, additionalProperties: false },
    [{ a: 1, xy: 2 }],
    [{ b: 1 }],
  ],
  [{ items: [{ type: "string" }], additionalItems: false }, [["a"], []], [["a", 1], [1]]],
  [
    { items: { $ref: "https://apigateway.amazonaws.com/restapis/ID/models/Item" } },
    [[{ n: 1 }]],
    [[{ n: 0 }], [{}]],
  ],
  [{ $ref: "#/definitions/Tree" }, [{ child: { child: {} } }], [{ child: { other: 1 } }]],
  [{ minLength: 2, pattern: "^a" }, ["ab", "a😀"], ["a", "bb"]],
  [{ oneOf: [{ type: "integer" }, { minimum: 2 }] }, [1, 2.5], [3]],
  [{ not: { type: "null" }, uniqueItems: true }, [[1, 2]], [null, [{ a: 1 }, { a: 1 }]]],
  [{ dependencies: { a: ["b"] } }, [{ a: 1, b: 2 }, { b: 1 }], [{ a: 1 }]],
])("%j", (schema, valid, invalid) => {
  const isValid = check(schema);
  expect(valid.map(isValid)).toEqual(valid.map(() => true));
  expect(invalid.map(isValid)).toEqual(invalid.map(() => false));
});

test.each<JsonValue>([[], { $ref: "#/definitions/None" }, { pattern: "(" }, { required: "a" }])(
  "%j is no schema",
  (schema) => {
    expect(() => check(schema)).toThrow(InvalidSchema);
  },
);
