import { expect, test } from "vitest";
import { filledPath, pathMembers } from "./route-path.ts";

test("members of a path are found and filled in, whatever is in them", () => {
  const path = "/api/shop/orders/{id}/files/{rest+}";
  expect(pathMembers(path)).toEqual(["id", "rest"]);
  expect(filledPath(path, { id: "a/b ?", rest: "2027/one two.pdf" })).toBe(
    "/api/shop/orders/a%2Fb%20%3F/files/2027/one%20two.pdf",
  );
});

test("a path without members stays as it is", () => {
  expect(pathMembers("/api/shop/orders")).toEqual([]);
  expect(filledPath("/api/shop/orders", {})).toBe("/api/shop/orders");
});

test("a member that nothing was typed for stays to be seen", () => {
  expect(filledPath("/api/shop/orders/{id}", { id: "" })).toBe("/api/shop/orders/{id}");
});
