import { expect, test } from "vitest";
import type { MappedRequest } from "./mapped-request.ts";
import { InvalidMapping } from "./mapped-value.ts";
import {
  parseRequestParameters,
  requestParametersOf,
  UnresolvedParameter,
} from "./request-parameters.ts";
import { mapResponse, parseResponseParameters } from "./response-parameters.ts";

const request: MappedRequest = {
  headers: { "x-name": ["a", "b"], constructor: ["c"] },
  query: { q: ["1", "2"], Q: ["3"] },
  pathParameters: { id: "42" },
  path: "/orders/42",
  body: `{"a":{"b":"text","n":12345678901234567890,"list":[{"c":true}]},"with.dot":1}`,
  context: { requestId: "r-1", authorizer: { claims: { sub: "me" } }, "identity.x": "y" },
  stageVariables: { table: "t" },
};

function valueOf(value: string, given: Partial<MappedRequest> = {}): string | undefined {
  return requestParametersOf(parseRequestParameters({ Input: value }), {
    ...request,
    ...given,
  }).get("Input");
}

// Documented: API Gateway, "parameter mapping" of HTTP APIs.
test.each([
  ["$request.header.X-Name", "a,b"],
  ["$request.querystring.q", "1,2"],
  ["$request.querystring.Q", "3"],
  ["$request.path", "/orders/42"],
  ["$request.path.id", "42"],
  ["$request.body", request.body],
  ["$request.body.a.b", "text"],
  ["$request.body.a", `{"b":"text","n":12345678901234567890,"list":[{"c":true}]}`],
  ["$request.body.a.list[0].c", "true"],
  ["$request.body['with.dot']", "1"],
  ["$context.requestId", "r-1"],
  ["$context.authorizer.claims.sub", "me"],
  ["$stageVariables.table", "t"],
  [
    "arn:aws:states:us-east-1:123456789012:stateMachine:m",
    "arn:aws:states:us-east-1:123456789012:stateMachine:m",
  ],
  ["id-${request.path.id}-${request.header.none}-$x", "id-42--$x"],
  [
    '{"order": "${request.path.id}", "by": "${context.authorizer.claims.sub}"}',
    '{"order": "42", "by": "me"}',
  ],
])("%s", (value, expected) => {
  expect(valueOf(value)).toBe(expected);
});

test.each(["$request.body.none", "$request.header.none", "$request.querystring.constructor"])(
  "%s is not there: the client is told",
  (value) => {
    expect(() => valueOf(value)).toThrow(new UnresolvedParameter("Input", value));
  },
);

test("a body that is no JSON has no members", () => {
  expect(() => valueOf("$request.body.a", { body: "{" })).toThrow(UnresolvedParameter);
  expect(valueOf("$request.body", { body: "{" })).toBe("{");
});

test.each([
  "$request.cookie.x",
  "$response.body.a",
  "$request.body..a",
  "$request.body.a[?(@.b)]",
  "$request.header.",
])("%s is refused when the mapping is made", (value) => {
  expect(() => parseRequestParameters({ Input: value })).toThrow(InvalidMapping);
});

const answer = { status: 200, headers: { "content-type": ["application/json"], "x-old": ["1"] } };
const rest = {
  body: `{"executionArn":"arn:1"}`,
  context: { requestId: "r-1" },
  stageVariables: {},
};

test("an answer has another status and other headers", () => {
  const parameters = parseResponseParameters({
    "200": {
      "overwrite:statuscode": "202",
      "append:header.X-Execution": "$response.body.executionArn",
      "append:header.x-old": "2",
      "overwrite:header.x-request": "$context.requestId",
      "append:header.x-none": "$response.body.none",
      "remove:header.content-type": "''",
    },
    "500": { "overwrite:statuscode": "503" },
  });
  expect(mapResponse(parameters, answer, rest)).toEqual({
    status: 202,
    headers: { "x-old": ["1", "2"], "x-execution": ["arn:1"], "x-request": ["r-1"] },
  });
});

test("a value cannot begin another header, and a status stays one", () => {
  const parameters = parseResponseParameters({
    "200": { "overwrite:header.x": "$response.body", "overwrite:statuscode": "$response.body" },
  });
  expect(mapResponse(parameters, answer, { ...rest, body: "a\r\nset-cookie: b" })).toEqual({
    status: 200,
    headers: { ...answer.headers, x: ["a set-cookie: b"] },
  });
});

test.each([
  "append:header.Content-Length",
  "overwrite:header.x-amz-date",
  "overwrite:path",
  "append:header.a b",
])("%s is no response parameter", (key) => {
  expect(() => parseResponseParameters({ "200": { [key]: "1" } })).toThrow(InvalidMapping);
});
