import type {
  AttributeDefinition,
  CreateTableCommandInput,
  DeleteTableCommandInput,
  DescribeTableCommandInput,
  KeySchemaElement,
  ListTablesCommandInput,
  Projection,
  TableDescription,
} from "@aws-sdk/client-dynamodb";
import type { MemoryOperations } from "../memory-operation.ts";
import type { QueriedKey } from "./expressions/key-condition.ts";
import { keyParts } from "./item-key.ts";
import type { IndexSchema, Table } from "./table.ts";
import type { Tables } from "./tables.ts";
import { invalid, invalidValues } from "./validation.ts";

/** The operations on tables themselves. *Our choice*: a table is there at once. */
export function tableOperations(tables: Tables): MemoryOperations {
  return {
    CreateTable(input: CreateTableCommandInput) {
      const { TableName: name = "", AttributeDefinitions: attributes = [] } = input;
      if (!/^[a-zA-Z0-9_.-]{3,255}$/.test(name)) {
        throw invalid(
          "TableName must be at least 3 characters long and at most 255 characters long",
        );
      }
      const indexOf =
        (isLocal: boolean) =>
        (index: {
          IndexName?: string | undefined;
          KeySchema?: KeySchemaElement[] | undefined;
          Projection?: Projection | undefined;
        }): IndexSchema => ({
          name: index.IndexName ?? "",
          isLocal,
          projected: projectedBy(index.Projection),
          ...keysOf(index.KeySchema, attributes),
        });
      const table = tables.create({
        name,
        ...keysOf(input.KeySchema, attributes),
        indexes: [
          ...(input.GlobalSecondaryIndexes ?? []).map(indexOf(false)),
          ...(input.LocalSecondaryIndexes ?? []).map(indexOf(true)),
        ],
      });
      return { TableDescription: described(table) };
    },
    DescribeTable: (input: DescribeTableCommandInput) => ({
      Table: described(tables.described(input.TableName as string)),
    }),
    DeleteTable(input: DeleteTableCommandInput) {
      const table = tables.described(input.TableName as string);
      tables.delete(table);
      return { TableDescription: { ...described(table), TableStatus: "DELETING" } };
    },
    ListTables({
      ExclusiveStartTableName: after = "",
      Limit: limit = 100,
    }: ListTablesCommandInput) {
      const names = tables.all().flatMap(({ schema }) => (schema.name > after ? schema.name : []));
      const page = names.slice(0, limit);
      return {
        TableNames: page,
        ...(names.length > limit && { LastEvaluatedTableName: page.at(-1) }),
      };
    },
  };
}

function keysOf(
  schema: readonly KeySchemaElement[] | undefined,
  attributes: readonly AttributeDefinition[],
): QueriedKey {
  const keyOf = (type: "HASH" | "RANGE"): QueriedKey["sortKey"] => {
    const name = schema?.find(({ KeyType }) => KeyType === type)?.AttributeName;
    if (name === undefined) return undefined;
    const defined = attributes.find(({ AttributeName }) => AttributeName === name);
    if (defined?.AttributeType !== undefined) return { name, type: defined.AttributeType };
    const known = attributes.map(({ AttributeName }) => AttributeName).join(", ");
    throw invalid(
      `${invalidValues}Some index key attributes are not defined in AttributeDefinitions. Keys: [${name}], AttributeDefinitions: [${known}]`,
    );
  };
  const partitionKey = keyOf("HASH");
  if (partitionKey === undefined) {
    throw invalid("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  }
  return { partitionKey, sortKey: keyOf("RANGE") };
}

function projectedBy(projection: Projection | undefined): readonly string[] | undefined {
  switch (projection?.ProjectionType) {
    case "KEYS_ONLY":
      return [];
    case "INCLUDE":
      return projection.NonKeyAttributes ?? [];
    default:
      return undefined;
  }
}

/** As the service describes an on-demand table. */
function described(table: Table): TableDescription {
  const { schema } = table;
  const parts = [schema, ...schema.indexes].flatMap(keyParts);
  const definitions = new Map(parts.map(({ name, type }) => [name, type]));
  const indexes = (isLocal: boolean) =>
    schema.indexes
      .filter((index) => index.isLocal === isLocal)
      .map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index),
        Projection:
          index.projected === undefined
            ? { ProjectionType: "ALL" as const }
            : { ProjectionType: "INCLUDE" as const, NonKeyAttributes: [...index.projected] },
        ...(!isLocal && { IndexStatus: "ACTIVE" as const }),
        IndexArn: `${table.arn}/index/${index.name}`,
      }));
  const [local, global] = [indexes(true), indexes(false)];
  return {
    AttributeDefinitions: [...definitions].map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    TableName: schema.name,
    KeySchema: keySchema(schema),
    TableStatus: "ACTIVE",
    CreationDateTime: new Date(table.createdAt),
    TableSizeBytes: table.bytes,
    ItemCount: table.count,
    TableArn: table.arn,
    TableId: table.id,
    BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
    ...(local.length > 0 && { LocalSecondaryIndexes: local }),
    ...(global.length > 0 && { GlobalSecondaryIndexes: global }),
  };
}

function keySchema(keys: QueriedKey): KeySchemaElement[] {
  return keyParts(keys).map(({ name }, index) => ({
    AttributeName: name,
    KeyType: index === 0 ? "HASH" : "RANGE",
  }));
}
