import { expect, test } from "vitest";
import { compareRoutes, matchRoute, parseRouteKey } from "./route-key.ts";

const keys = [
  "$default",
  "ANY /orders/{rest+}",
  "GET /orders/{id}",
  "ANY /orders/{id}",
  "GET /orders/new",
  "POST /",
];

/** Which of the keys takes it, and the values of its path. */
function taken(method: string, path: string): readonly unknown[] {
  const sorted = keys.map((key) => ({ key, parsed: parseRouteKey(key) }));
  sorted.sort((one, other) => compareRoutes(one.parsed, other.parsed));
  for (const { key, parsed } of sorted) {
    const parameters = matchRoute(parsed, { method, path: path.split("/").slice(1) });
    if (parameters !== undefined) return [key, parameters];
  }
  return [];
}

// Documented: HTTP APIs, routing API requests.
test.each([
  ["GET", "/orders/new", "GET /orders/new", {}],
  ["GET", "/orders/7", "GET /orders/{id}", { id: "7" }],
  ["PUT", "/orders/7", "ANY /orders/{id}", { id: "7" }],
  ["GET", "/orders/7/items", "ANY /orders/{rest+}", { rest: "7/items" }],
  ["GET", "/orders/", "$default", {}],
  ["GET", "/other", "$default", {}],
])("%s %s is for %s", (method, path, key, parameters) => {
  expect(taken(method, path)).toEqual([key, parameters]);
});

test.each(["POST", "POST orders", "MOVE /orders", "GET /{a+}/b", "GET /x{a}", "default"])(
  "%s is no route key",
  (key) => {
    expect(() => parseRouteKey(key)).toThrow("The provided route key is not formatted properly");
  },
);

test("a name of an object's own members is a name like any other", () => {
  const key = parseRouteKey("GET /{constructor}");
  expect(matchRoute(key, { method: "GET", path: ["x"] })).toEqual({ constructor: "x" });
});
