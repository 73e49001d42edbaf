import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../expression/json.ts";
import { optimizedStyle, sdkStyle } from "./member-names.ts";
import { sdkInput } from "./sdk-input.ts";
import { sdkShape } from "./sdk-shape.ts";

// As the clients' schemas are: [structure, namespace, name, traits, members, their schemas, how many are required].
const item: unknown[] = [3, "n", "Item", 0, ["S", "B", "SS", "M"], [0, 21, 64, () => items]];
const items = [2, "n", "Items", 0, 0, () => item];
const input = [
  3,
  "n",
  "Input",
  0,
  ["Name", "Item", "Limit", "Deep", "At", "ACL", "Free", "Content"],
  [0, [() => items, { trait: 1 }], 1, 2, [4, 1], 0, 15, 42],
  2,
];
const shape = sdkShape(() => input);

function read(parameters: JsonObject, style = sdkStyle) {
  return sdkInput(shape, parameters, style);
}

const required: JsonObject = { Name: "n", Item: {} };

describe("a task's parameters", () => {
  test("become what a client's command takes", () => {
    const { value, problems } = read({
      Name: "n",
      Item: { a: { S: "text" }, b: { M: { c: { Ss: ["x", "y"] } } } },
      Limit: 5,
      Deep: true,
      At: "2026-01-02T03:04:05Z",
      Acl: "private",
      Free: { any: [1, null] },
      Content: "körper",
    });
    expect(problems).toEqual([]);
    expect(value).toEqual({
      Name: "n",
      Item: { a: { S: "text" }, b: { M: { c: { SS: ["x", "y"] } } } },
      Limit: 5,
      Deep: true,
      At: new Date("2026-01-02T03:04:05Z"),
      ACL: "private",
      Free: { any: [1, null] },
      Content: Buffer.from('"körper"'),
    });
  });

  test("may be any JSON where an SDK integration wants a text", () => {
    const { value } = read({ ...required, Name: { a: [1] }, Content: 0 });
    expect(value).toMatchObject({ Name: '{"a":[1]}', Content: Buffer.from("0") });
  });

  test("are JSON only where the optimized integration says so", () => {
    const parameters = { ...required, Name: { a: 1 }, ACL: { b: 2 } };
    const { value, problems } = read(parameters, optimizedStyle(["ACL"]));
    expect(problems).toEqual(["The value of the field 'Name' has an invalid format"]);
    expect(value).toMatchObject({ ACL: '{"b":2}' });
  });

  test("have their bytes in base64 in optimized integrations, as text in SDK integrations", () => {
    const parameters = { Name: "n", Item: { a: { B: "AAH/" } } };
    expect(read(parameters, optimizedStyle([])).value).toMatchObject({
      Item: { a: { B: Buffer.from([0, 1, 255]) } },
    });
    expect(read(parameters).value).toMatchObject({ Item: { a: { B: Buffer.from("AAH/") } } });
  });

  test.each([
    ["text data", "text data", '"text data"'],
    ["", "", '""'],
    ["{}\n", "{}\n", String.raw`"{}\n"`],
    [0, "0", "0"],
    [false, "false", "false"],
    [{ a: ["ü"] }, '{"a":["ü"]}', '{"a":["ü"]}'],
  ])("%j is other bytes for a blob than for a stream", (bytes, blob, stream) => {
    const { value } = read({ Name: "n", Item: { a: { B: bytes } }, Content: bytes });
    expect(value).toMatchObject({
      Item: { a: { B: Buffer.from(blob) } },
      Content: Buffer.from(stream),
    });
  });

  test("say what can never be sent, at any depth", () => {
    const { problems } = read({
      Item: { a: { Unknown: 1 }, b: "text" },
      Limit: "many",
      Deep: 1,
      At: "soon",
      toString: 1,
    });
    expect(problems).toEqual([
      "The field 'Unknown' is not supported by Step Functions",
      "The value of the field 'Item' has an invalid format",
      "The value of the field 'Limit' has an invalid format",
      "The value of the field 'Deep' has an invalid format",
      "The value of the field 'At' has an invalid format",
      "The field 'toString' is not supported by Step Functions",
      "The field 'Name' is required but was missing",
    ]);
  });

  test("may be null: required ones are told, others are not sent", () => {
    const { value, problems, nulls } = read({ Name: null, Item: {}, Limit: null });
    expect({ value, problems, nulls }).toEqual({
      value: { Item: {} },
      problems: [],
      nulls: ["Name"],
    });
  });

  test("cannot reach a prototype", () => {
    const parameters = JSON.parse('{"Name":"n","Item":{"__proto__":{"S":"x"}}}') as JsonObject;
    const { value } = read(parameters);
    const made = (value as { Item: object }).Item;
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
    expect(Object.hasOwn(made, "__proto__")).toBe(true);
  });
});
