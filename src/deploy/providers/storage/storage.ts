import { asNumber, given, objectsIn, picked } from "../members.ts";
import { described } from "../described.ts";
import type { ResourceProvider } from "../provider.ts";
import { tagMap, tagsOf } from "../resource-tags.ts";

/** *Documented*: `AWS::Logs::LogGroup`. */
export const logGroup: ResourceProvider = {
  replacing: ["LogGroupName"],

  async create(properties, context) {
    const { LogGroupName, RetentionInDays } = properties;
    const name =
      typeof LogGroupName === "string" ? LogGroupName : context.generatedName({ maxLength: 256 });
    const tags = tagMap(tagsOf(properties["Tags"], context.stack));
    await context.call("logs", "CreateLogGroup", {
      logGroupName: name,
      ...(Object.keys(tags).length > 0 && { tags }),
    });
    await context.began(name);
    if (RetentionInDays !== undefined) {
      await context.call("logs", "PutRetentionPolicy", {
        logGroupName: name,
        retentionInDays: asNumber(RetentionInDays) ?? null,
      });
    }
    const { partition, region, accountId } = context.stack;
    const arn = `arn:${partition}:logs:${region}:${accountId}:log-group:${name}:*`;
    return { physicalId: name, attributes: { Arn: arn } };
  },

  async update({ RetentionInDays }, { physicalId, attributes }, { call }) {
    const logGroupName = physicalId;
    await (RetentionInDays === undefined
      ? call("logs", "DeleteRetentionPolicy", { logGroupName })
      : call("logs", "PutRetentionPolicy", {
          logGroupName,
          retentionInDays: asNumber(RetentionInDays) ?? null,
        }));
    return { physicalId, attributes };
  },

  async delete({ physicalId }, { call }) {
    await call("logs", "DeleteLogGroup", { logGroupName: physicalId });
  },

  async read({ physicalId, properties }, { call }) {
    const { members } = await call("logs", "DescribeLogGroups", {
      logGroupNamePrefix: physicalId,
    });
    // Names that begin with it come after it.
    const [group] = objectsIn(members["logGroups"]);
    if (group?.["logGroupName"] !== physicalId) return undefined;
    const days = group["retentionInDays"];
    const { RetentionInDays: given, ...others } = properties;
    return {
      ...others,
      // Templates have numbers as texts, too.
      ...(days !== undefined && {
        RetentionInDays: given !== undefined && asNumber(given) === days ? given : days,
      }),
    };
  },
};

/** *Documented*: `AWS::SSM::Parameter`. */
export const parameter = described({
  service: "ssm",
  replacing: ["Name", "DataType"],
  name: { property: "Name", maxLength: 128 },
  create: (properties, { name }) => ({
    operation: "PutParameter",
    members: {
      ...picked(properties, ["Type", "Value", "Description", "AllowedPattern", "Tier"]),
      Name: name,
    },
  }),
  update: (properties, { name }) => [
    {
      operation: "PutParameter",
      members: {
        ...picked(properties, ["Type", "Value", "Description", "AllowedPattern", "Tier"]),
        Name: name,
        Overwrite: true,
      },
    },
  ],
  delete: ({ physicalId }) => [{ operation: "DeleteParameter", members: { Name: physicalId } }],
  read: ({ physicalId }) => ({
    operation: "GetParameter",
    members: { Name: physicalId, WithDecryption: true },
  }),
  actual: ({ Parameter }) => {
    const { Value = null, Type = null } = Parameter as { Value?: string; Type?: string };
    return { Value, Type };
  },
  made: (_, { properties }) => ({
    attributes: given({ Type: properties["Type"], Value: properties["Value"] }),
  }),
});

/** *Documented*: `AWS::S3::Bucket`; what a bucket of folders has no use for (encryption, life cycles) is taken and means nothing. */
export const bucket: ResourceProvider = {
  replacing: ["BucketName"],

  async create({ BucketName }, context) {
    const name =
      typeof BucketName === "string"
        ? BucketName
        : context.generatedName({ maxLength: 63, isLowerCase: true });
    await context.call("s3", "CreateBucket", { Bucket: name });
    const { partition, region } = context.stack;
    return {
      physicalId: name,
      attributes: {
        Arn: `arn:${partition}:s3:::${name}`,
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
        WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
      },
    };
  },

  update: (_, { physicalId, attributes }) => Promise.resolve({ physicalId, attributes }),

  async delete({ physicalId }, { call }) {
    await call("s3", "DeleteBucket", { Bucket: physicalId });
  },

  async read({ physicalId, properties }, { call }) {
    await call("s3", "HeadBucket", { Bucket: physicalId });
    return properties;
  },
};

/** *Documented*: `AWS::DynamoDB::Table`, as far as the stand-in has tables. */
export const table = described({
  service: "dynamodb",
  replacing: ["TableName", "KeySchema", "AttributeDefinitions"],
  name: { property: "TableName", maxLength: 255 },
  create: (properties, { name }) => ({
    operation: "CreateTable",
    members: {
      ...picked(properties, [
        "KeySchema",
        "AttributeDefinitions",
        "BillingMode",
        "ProvisionedThroughput",
        "GlobalSecondaryIndexes",
        "LocalSecondaryIndexes",
      ]),
      TableName: name,
    },
  }),
  update: () => [],
  delete: ({ physicalId }) => [{ operation: "DeleteTable", members: { TableName: physicalId } }],
  read: ({ physicalId }) => ({ operation: "DescribeTable", members: { TableName: physicalId } }),
  made: (_, { name, context: { stack } }) => ({
    attributes: {
      Arn: `arn:${stack.partition}:dynamodb:${stack.region}:${stack.accountId}:table/${name}`,
    },
  }),
});
