import type { AddressInfo } from "node:net";
import {
  type AttributeValue,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import * as module from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dynamodbOperations } from "../../src/integrations/memory/dynamodb/dynamodb-operations.ts";
import { Tables } from "../../src/integrations/memory/dynamodb/tables.ts";
import { MemoryBudget } from "../../src/integrations/memory/memory-budget.ts";
import { memoryClient } from "../../src/integrations/memory/memory-client.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";

// The same calls of dynalite, whose author found DynamoDB's answers out call by call, and of the double in memory.

interface Sender {
  send(command: object): Promise<object>;
}

let theirs: Sender;
let ours: Sender;
const server = dynalite({ createTableMs: 0 });

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const client = new DynamoDBClient({
    region: "us-east-1",
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
  });
  theirs = client as unknown as Sender;
  const tables = new Tables({
    region: "us-east-1",
    accountId: "000000000000",
    clock: { now: () => 0 },
    ids: systemIds,
    budget: new MemoryBudget(),
    configured: undefined,
  });
  const memory = memoryClient(
    {
      serviceId: "DynamoDB",
      protocol: "aws.protocols#awsJson1_0",
      operations: dynamodbOperations(tables),
    },
    { clock: { now: () => 0 }, ids: systemIds, module: { ...module } },
  );
  const { signal } = new AbortController();
  ours = { send: (command) => memory.send(command as never, { abortSignal: signal }) };
  for (const sender of [theirs, ours]) {
    await sender.send(
      new CreateTableCommand({
        TableName: "items",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [
          { AttributeName: "id", AttributeType: "S" },
          { AttributeName: "at", AttributeType: "N" },
        ],
        KeySchema: [
          { AttributeName: "id", KeyType: "HASH" },
          { AttributeName: "at", KeyType: "RANGE" },
        ],
      }),
    );
  }
  // dynalite makes a table in a moment.
  for (;;) {
    const { Table } = (await theirs.send(
      new module.DescribeTableCommand({ TableName: "items" }),
    )) as module.DescribeTableCommandOutput;
    if (Table?.TableStatus === "ACTIVE") break;
  }
});

afterAll(() => {
  (theirs as unknown as DynamoDBClient).destroy();
  return new Promise<void>((resolve) => server.close(() => resolve()));
});

const TableName = "items";

/** What came of a call; sets have no order, and dynalite words syntax errors as its parser does. */
async function outcome(sender: Sender, command: object): Promise<unknown> {
  try {
    const { $metadata: _, ...answer } = (await sender.send(command)) as Record<string, unknown>;
    return plain(answer);
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message: message.replace(/Syntax error; .*/s, "Syntax error") };
  }
}

function plain(value: unknown, member = ""): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) {
    const elements = value.map((element) => plain(element));
    return /^[SNB]S$/.test(member) ? elements.map(String).toSorted() : elements;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, plain(each, name)]),
  );
}

async function same(command: () => object): Promise<unknown> {
  const [first, second] = await Promise.all([outcome(theirs, command()), outcome(ours, command())]);
  expect(second).toEqual(first);
  return first;
}

// --- What is made at random.

const names = ["a", "b", "c"] as const;
const text = fc.constantFrom("x", "xy", "y", "yx", "10", "9");
/** Of few digits: dynalite adds up without the limit that it has for what is stored. */
const number = fc.oneof(
  fc.constantFrom("0", "1", "-1", "2", "10", "9", "0.1", "0.30", "1e3", "-2.5", "00012.50"),
  fc.constantFrom("0.00000001", "1E+20"),
  fc
    .tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: -8, max: 8 }))
    .map(([digits, exponent]) => `${digits}e${exponent}`),
);
const longNumber = fc.constantFrom(
  "12345678901234567890123456789012345678",
  "1234567890123456789012345678901234567.8",
  "1e125",
  "1e-130",
  "1e126",
  "123456789012345678901234567890123456789",
  "1a",
);
const bytes = fc
  .constantFrom("eA==", "eHk=", "/w==")
  .map((base64) => Buffer.from(base64, "base64"));
const scalar: fc.Arbitrary<AttributeValue> = fc.oneof(
  text.map((S) => ({ S })),
  number.map((N) => ({ N })),
  bytes.map((B) => ({ B })),
);
const flat: fc.Arbitrary<AttributeValue> = fc.oneof(
  { arbitrary: scalar, weight: 4 },
  { arbitrary: fc.boolean().map((BOOL) => ({ BOOL })), weight: 1 },
  { arbitrary: fc.constant({ NULL: true as const }), weight: 1 },
  {
    arbitrary: fc.uniqueArray(text, { minLength: 1, maxLength: 3 }).map((SS) => ({ SS })),
    weight: 1,
  },
  {
    arbitrary: fc
      .uniqueArray(fc.constantFrom("1", "2", "3.5", "-4"), { minLength: 1, maxLength: 3 })
      .map((NS) => ({ NS })),
    weight: 1,
  },
);
const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  { arbitrary: flat, weight: 4 },
  { arbitrary: fc.array(flat, { minLength: 1, maxLength: 3 }).map((L) => ({ L })), weight: 1 },
  {
    arbitrary: fc
      .dictionary(fc.constantFrom("m", "n"), flat, { minKeys: 1, maxKeys: 2 })
      .map((M) => ({ M })),
    weight: 1,
  },
);
const item = fc
  .dictionary(fc.constantFrom(...names), value, { maxKeys: 3 })
  .map((members) => ({ id: { S: "one" }, at: { N: "1" }, ...members }));

const path = fc.constantFrom("a", "b", "c", "#a", "a.m", "b.n", "a[0]", "b[1]", "#a.m", "zz");

/** An expression, with the values that it names. */
interface Expression {
  readonly text: string;
  readonly values: Readonly<Record<string, AttributeValue>>;
}

/** Parts of one expression have values of different names. */
function withValue(prefix: string, of: fc.Arbitrary<AttributeValue>) {
  return of.map((each) => ({ name: `:${prefix}`, values: { [`:${prefix}`]: each } }));
}

function leaf(prefix: string): fc.Arbitrary<Expression> {
  const one = (of: fc.Arbitrary<AttributeValue>, write: (path: string, name: string) => string) =>
    fc
      .tuple(path, withValue(prefix, of))
      .map(([at, { name, values }]) => ({ text: write(at, name), values }));
  const typeName = fc.constantFrom("S", "N", "L", "M", "SS", "BOOL", "X").map((S) => ({ S }));
  return fc.oneof(
    fc
      .constantFrom("<", "<=", ">", ">=")
      .chain((operator) => one(scalar, (at, name) => `${at} ${operator} ${name}`)),
    // dynalite finds two lists, maps or nulls to be different always.
    fc.constantFrom("=", "<>").chain((operator) =>
      one(
        fc.oneof(
          scalar,
          fc.boolean().map((BOOL) => ({ BOOL })),
        ),
        (at, name) => `${at} ${operator} ${name}`,
      ),
    ),
    one(scalar, (at, name) => `begins_with(${at}, ${name})`),
    one(scalar, (at, name) => `contains(${at}, ${name})`),
    one(typeName, (at, name) => `attribute_type(${at}, ${name})`),
    one(
      number.map((N) => ({ N })),
      (at, name) => `size(${at}) <= ${name}`,
    ),
    one(scalar, (at, name) => `${at} in (${name}, ${name})`),
    fc
      .tuple(path, withValue(`${prefix}l`, scalar), withValue(`${prefix}h`, scalar))
      .map(([at, low, high]) => ({
        text: `${at} BETWEEN ${low.name} AND ${high.name}`,
        values: { ...low.values, ...high.values },
      })),
    path.map((at) => ({ text: `attribute_exists(${at})`, values: {} })),
    path.map((at) => ({ text: `attribute_not_exists (${at})`, values: {} })),
    // What is wrong.
    fc
      .constantFrom(
        "a = b =",
        "size(a)",
        "((a = b))",
        "attribute_exists(a, b)",
        "attribute_exists(:undefined)",
        "name = a",
        "foo(a)",
        "a = a",
        "a = #undefined",
        "contains(a, a)",
        "begins_with(attribute_exists(a), b)",
        "a BETWEEN b",
        "",
      )
      .map((wrong) => ({ text: wrong, values: {} })),
  );
}

function condition(prefix: string, depth: number): fc.Arbitrary<Expression> {
  if (depth === 0) return leaf(prefix);
  const inner = condition(`${prefix}x`, depth - 1);
  return fc.oneof(
    { arbitrary: leaf(prefix), weight: 2 },
    {
      arbitrary: fc
        .tuple(inner, condition(`${prefix}y`, depth - 1), fc.constantFrom("AND", "or"))
        .map(([left, right, word]) => ({
          text: `${left.text} ${word} ${right.text}`,
          values: { ...left.values, ...right.values },
        })),
      weight: 2,
    },
    { arbitrary: inner.map(({ text: t, values }) => ({ text: `NOT (${t})`, values })), weight: 1 },
    { arbitrary: inner.map(({ text: t, values }) => ({ text: `(${t})`, values })), weight: 1 },
  );
}

function named({ text: expression, values }: Expression) {
  return {
    ...(expression.includes("#a") && { ExpressionAttributeNames: { "#a": "a" } }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: { ...values } }),
  };
}

/** Enough to meet each pair of a function and a type many times; a few seconds. */
const settings = { numRuns: 200, seed: 20_261_128 } as const;

test("conditions hold, and are refused, as in dynalite", async () => {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(item, condition("v", 2), async (Item, expression) => {
      await same(() => new PutItemCommand({ TableName, Item }));
      const put = { TableName, Item, ConditionExpression: expression.text, ...named(expression) };
      const answer = (await same(() => new PutItemCommand(put))) as { readonly name?: string };
      outcomes.add(answer.name ?? "held");
    }),
    settings,
  );
  expect([...outcomes].sort()).toEqual([
    "ConditionalCheckFailedException",
    "ValidationException",
    "held",
  ]);
}, 30_000);

test("long numbers are kept, compared and refused as in dynalite", async () => {
  await fc.assert(
    fc.asyncProperty(longNumber, longNumber, async (a, b) => {
      const Item = { id: { S: "long" }, at: { N: "1" }, a: { N: a } };
      await same(() => new PutItemCommand({ TableName, Item }));
      const command = {
        TableName,
        Item: { ...Item, a: { NS: ["1", "2"] } },
        ConditionExpression: "a < :b",
        ExpressionAttributeValues: { ":b": { N: b } },
      };
      await same(() => new PutItemCommand(command));
      await same(() => new GetItemCommand({ TableName, Key: { id: Item.id, at: Item.at } }));
    }),
    { ...settings, numRuns: 60 },
  );
});

// --- Updates.

function update(): fc.Arbitrary<Expression> {
  const operand = (prefix: string, of = value): fc.Arbitrary<Expression> =>
    fc.oneof(
      {
        arbitrary: withValue(prefix, of).map(({ name, values }) => ({ text: name, values })),
        weight: 3,
      },
      { arbitrary: path.map((at) => ({ text: at, values: {} })), weight: 1 },
    );
  const numbers = number.map((N) => ({ N }));
  const lists = fc.array(flat, { maxLength: 2 }).map((L) => ({ L }));
  const joined = (
    write: (left: string, right: string) => string,
    [left, right]: readonly [fc.Arbitrary<Expression>, fc.Arbitrary<Expression>],
  ) =>
    fc.tuple(left, right).map(([a, b]) => ({
      text: write(a.text, b.text),
      values: { ...a.values, ...b.values },
    }));
  const right = (prefix: string): fc.Arbitrary<Expression> =>
    fc.oneof(
      operand(prefix),
      joined(
        (a, b) => `${a} + ${b}`,
        [operand(`${prefix}1`, numbers), operand(`${prefix}2`, numbers)],
      ),
      joined(
        (a, b) => `${a} - ${b}`,
        [operand(`${prefix}1`, numbers), operand(`${prefix}2`, numbers)],
      ),
      joined(
        (a, b) => `list_append(${a}, ${b})`,
        [operand(`${prefix}1`, lists), operand(`${prefix}2`, lists)],
      ),
      joined(
        (a, b) => `if_not_exists(${a}, ${b})`,
        [path.map((at) => ({ text: at, values: {} })), operand(prefix)],
      ),
    );
  const set = (prefix: string) =>
    joined(
      (at, to) => `${at} = ${to}`,
      [path.map((at) => ({ text: at, values: {} })), right(prefix)],
    );
  const sets: fc.Arbitrary<AttributeValue> = fc.oneof(
    fc.uniqueArray(text, { minLength: 1, maxLength: 3 }).map((SS) => ({ SS })),
    fc
      .uniqueArray(fc.constantFrom("1", "2", "7"), { minLength: 1, maxLength: 3 })
      .map((NS) => ({ NS })),
  );
  const small = fc.constantFrom("1", "-1", "0.25", "1000000").map((N) => ({ N }));
  const changed = (word: string, prefix: string, of: fc.Arbitrary<AttributeValue>) =>
    fc
      .tuple(path, withValue(prefix, of))
      .map(([at, { name, values }]) => ({ text: `${word} ${at} ${name}`, values }));
  const section = (index: number): fc.Arbitrary<Expression> =>
    fc.oneof(
      { arbitrary: set(`s${index}`).map((e) => ({ ...e, text: `SET ${e.text}` })), weight: 4 },
      {
        arbitrary: joined((a, b) => `set ${a}, ${b}`, [set(`s${index}a`), set(`s${index}b`)]),
        weight: 2,
      },
      { arbitrary: path.map((at) => ({ text: `REMOVE ${at}`, values: {} })), weight: 2 },
      { arbitrary: changed("ADD", `d${index}`, fc.oneof(small, sets, flat)), weight: 3 },
      { arbitrary: changed("DELETE", `e${index}`, fc.oneof(sets, flat)), weight: 2 },
      {
        arbitrary: fc
          .constantFrom(
            "SET a",
            "SET a = = b",
            "ADD a b",
            "REMOVE id",
            "foo a",
            "SET a = foo(b)",
            "SET #x = b",
          )
          .map((wrong) => ({ text: wrong, values: {} })),
        weight: 1,
      },
    );
  return fc
    .array(fc.nat(), { minLength: 1, maxLength: 3 })
    .chain((sections) => fc.tuple(...sections.map((_, index) => section(index))))
    .map((sections) => ({
      text: sections.map((each) => each.text).join(" "),
      values: Object.assign({}, ...sections.map((each) => each.values)) as Expression["values"],
    }))
    .filter(isKnownAlike);
}

/**
 * dynalite performs the sections one after the other, and puts values that are read into their new places uncopied, so that it reads
 * and finds what an action before has changed. In DynamoDB all actions mean the item as it was (*documented*: "all of the actions are
 * atomic"; REMOVE shifts the remaining elements).
 */
function isKnownAlike({ text: expression }: Expression): boolean {
  const paths = [
    ...expression.matchAll(
      /(?<written>(?:SET|set|,|REMOVE|ADD|DELETE) )?(?<at>#?[a-z]+(?:\.[a-z]|\[\d\])?)(?![a-z_(])/g,
    ),
  ];
  const writes = new Set<string>();
  const reads = new Set<string>();
  for (const { groups } of paths) {
    const { written, at = "" } = groups ?? {};
    (written === undefined ? reads : writes).add(at.replace("#", ""));
  }
  const headOf = (at: string): string => at.split(/[.[]/)[0] ?? "";
  const isClear = [...reads].every((read) =>
    [...writes].every(
      (write) => headOf(read) !== headOf(write) || (read === write && writes.size === 1),
    ),
  );
  return isClear && (expression.match(/\[\d\]/g) ?? []).length < 2;
}

test("updates make the items that they make in dynalite", async () => {
  const outcomes = new Set<string>();
  const returned = fc.constantFrom("ALL_NEW", "ALL_OLD", "UPDATED_NEW", "UPDATED_OLD", "NONE");
  await fc.assert(
    fc.asyncProperty(item, update(), returned, async (Item, expression, ReturnValues) => {
      const Key = { id: Item.id, at: Item.at };
      await same(() => new PutItemCommand({ TableName, Item }));
      const command = {
        TableName,
        Key,
        UpdateExpression: expression.text,
        ReturnValues: ReturnValues as "NONE",
        ...named(expression),
      };
      // dynalite answers an empty object where there is nothing.
      const [first, second] = (
        await Promise.all([
          outcome(theirs, new UpdateItemCommand(command)),
          outcome(ours, new UpdateItemCommand(command)),
        ])
      ).map((each) => {
        const { Attributes = {}, ...rest } = each as { Attributes?: object };
        return { ...rest, Attributes };
      });
      expect(second).toEqual(first);
      outcomes.add((first as { readonly name?: string }).name ?? "updated");
      await same(() => new GetItemCommand({ TableName, Key }));
    }),
    settings,
  );
  expect([...outcomes].sort()).toEqual(["ValidationException", "updated"]);
}, 30_000);

test("queries find what they find in dynalite, page by page", async () => {
  const times = ["-3", "-0.5", "0", "1", "2", "10", "1e2"];
  for (const id of ["q", "other"]) {
    for (const [index, N] of times.entries()) {
      const Item = { id: { S: id }, at: { N }, n: { N: String(index) }, tags: { SS: ["t"] } };
      await same(() => new PutItemCommand({ TableName, Item }));
    }
  }
  const bound = fc.constantFrom(...times);
  const range = fc.oneof(
    fc.constant({ text: "id = :id", values: {} }),
    fc.tuple(fc.constantFrom("=", "<", "<=", ">", ">="), bound).map(([operator, N]) => ({
      text: `id = :id AND at ${operator} :at`,
      values: { ":at": { N } },
    })),
    fc.tuple(bound, bound).map(([low, high]) => ({
      text: "at BETWEEN :l AND :h AND id = :id",
      values: { ":l": { N: low }, ":h": { N: high } },
    })),
    fc
      .constantFrom(
        "at = :id",
        "id > :id",
        "id = :id OR id = :id",
        "id = :id AND n = :id",
        "begins_with(id, :id)",
        "id <> :id",
        "size(id) = :id",
        "id.a = :id",
        "id = :id AND id = :id",
        "NOT id = :id",
        "id = at AND id = :id",
      )
      .map((wrong) => ({ text: wrong, values: {} })),
  );
  const filter = fc.constantFrom(
    undefined,
    "n > n",
    "n < :limit",
    "contains(tags, :tag)",
    "at = :limit",
  );
  await fc.assert(
    fc.asyncProperty(
      range,
      filter,
      fc.boolean(),
      fc.option(fc.integer({ min: 1, max: 4 })),
      async (key, FilterExpression, ScanIndexForward, Limit) => {
        const command = {
          TableName,
          KeyConditionExpression: key.text,
          ...(FilterExpression !== undefined && { FilterExpression }),
          ProjectionExpression: "id, n, tags",
          ScanIndexForward,
          ...(Limit !== null && { Limit }),
          ExpressionAttributeValues: {
            ":id": { S: "q" },
            ...key.values,
            ...(FilterExpression?.includes(":limit") === true && { ":limit": { N: "4" } }),
            ...(FilterExpression?.includes(":tag") === true && { ":tag": { S: "t" } }),
          },
        };
        let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
        do {
          const start = ExclusiveStartKey;
          const page = (await same(
            () => new QueryCommand({ ...command, ...(start && { ExclusiveStartKey: start }) }),
          )) as { LastEvaluatedKey?: Record<string, AttributeValue> };
          ExclusiveStartKey = page.LastEvaluatedKey;
        } while (ExclusiveStartKey !== undefined);
      },
    ),
    { ...settings, numRuns: 150 },
  );
  // The order of a scan is nobody's to say.
  const command = {
    TableName,
    FilterExpression: "id = :id AND n >= :n",
    ExpressionAttributeValues: { ":id": { S: "q" }, ":n": { N: "2" } },
  };
  const [first, second] = await Promise.all(
    [theirs, ours].map(async (sender) => {
      const scanned = (await sender.send(new ScanCommand(command))) as module.ScanCommandOutput;
      return [
        scanned.Count,
        scanned.ScannedCount,
        scanned.Items?.map((each) => each["n"]?.N).sort(),
      ];
    }),
  );
  expect(second).toEqual(first);
}, 30_000);
