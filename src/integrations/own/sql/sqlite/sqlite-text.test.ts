import { expect, test } from "vitest";
import { readStatement } from "./sqlite-text.ts";

test.each([
  ["SELECT ?, ?", { firstWord: "SELECT", parameters: 2, hasMore: false }],
  [
    "-- one\n/* two; */ select '?;' , \"?\", `?`, [?], 'it''s ?'",
    { firstWord: "SELECT", parameters: 0 },
  ],
  ["SELECT ?3, ?1, ?", { parameters: 4 }],
  ["SELECT 1;  -- nothing more\n;", { hasMore: false }],
  ["SELECT 1; /* */ SELECT 2", { hasMore: true }],
  ["SELECT ';'", { hasMore: false }],
  ["SELECT :a, @b, $c", { hasNamed: true }],
  ["SELECT c -> '$.d', a <= b", { hasNamed: false }],
  ["/* ATTACH", { firstWord: "" }],
  [" \n ", { firstWord: "" }],
  ["SELECT 'unfinished ?", { firstWord: "SELECT" }],
])("%j", (text, expected) => {
  expect(readStatement(text)).toMatchObject(expected);
});
