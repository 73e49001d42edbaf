import { expect, test } from "vitest";
import type { Member } from "./member.ts";
import { loggingConfiguration, routingConfiguration, tagKeys, tags } from "./members.ts";
import { printedValue } from "./printed-value.ts";

const group = "arn:aws:logs:eu-west-1:000000000000:log-group:g:*";

test.each<[what: string, value: unknown, member: Member, printed: string]>([
  [
    "a list of structures has their names and members",
    [
      { key: "a", value: "b" },
      { value: "d", key: "c" },
    ],
    tags,
    "[Tag(key=a, value=b), Tag(key=c, value=d)]",
  ],
  [
    "a number is printed without quotes",
    [{ weight: 50, stateMachineVersionArn: "v" }],
    routingConfiguration,
    "[RoutingConfigurationListItem(stateMachineVersionArn=v, weight=50)]",
  ],
  ["a member that is not there is left out", [{ key: "a", value: null }], tags, "[Tag(key=a)]"],
  ["an empty list is a pair of brackets", [], tags, "[]"],
  ["a list of texts has no quotes", ["a", "b"], tagKeys, "[a, b]"],
  [
    "structures are printed inside structures",
    {
      level: "ALL",
      includeExecutionData: true,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: group } }],
    },
    loggingConfiguration,
    `LoggingConfiguration(level=ALL, includeExecutionData=true, destinations=[LogDestination(cloudWatchLogsLogGroup=CloudWatchLogsLogGroup(logGroupArn=${group}))])`,
  ],
  [
    "a secret is not shown",
    { secret: "x" },
    { type: "structure", shape: "S", members: { secret: { type: "string", sensitive: true } } },
    "S(secret=*** Sensitive Data Redacted ***)",
  ],
  [
    "a value of another type than the model's is printed as it is",
    [{ key: { a: 1 } }, 5],
    tags,
    '[Tag(key={"a":1}), 5]',
  ],
])("%s", (_, value, member, printed) => {
  expect(printedValue(value, member)).toBe(printed);
});

test("a list of a million items is not printed to its end", () => {
  const keys = Array.from({ length: 1_000_000 }, () => "k");
  expect(printedValue(keys, tagKeys)).toHaveLength("[]".length + 100 * "k, ".length + 1);
});
