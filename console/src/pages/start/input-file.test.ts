import { expect, test } from "vitest";
import { mostInputs, readInputFile } from "./input-file.ts";

const inputsOf = (name: string, text: string) =>
  readInputFile(name, text).inputs.map(({ line, input }) => [line, JSON.parse(input)]);

test("each line of JSON is an input as it is written, and others are told", () => {
  const { inputs, wrong } = readInputFile("a.jsonl", '{"n": 1.0}\n\nnope\r\n[2]\n"x"');
  expect(inputs).toEqual([
    { line: 1, input: '{"n": 1.0}' },
    { line: 4, input: "[2]" },
    { line: 5, input: '"x"' },
  ]);
  expect(wrong).toEqual([3]);
});

test("a CSV's first line names the members, and its values are texts", () => {
  expect(inputsOf("a.csv", "\uFEFFid,name\r\n1,Ada\r\n2,Grace\r\n")).toEqual([
    [2, { id: "1", name: "Ada" }],
    [3, { id: "2", name: "Grace" }],
  ]);
});

test("a value in quotes may hold a comma, a quote and the end of a line", () => {
  expect(inputsOf("a.csv", 'id,text\n1,"a, ""b""\nc"\n2,""\n')).toEqual([
    [2, { id: "1", text: 'a, "b"\nc' }],
    [4, { id: "2", text: "" }],
  ]);
});

test("a line with more or fewer values than names is told, not guessed at", () => {
  const { inputs, wrong } = readInputFile("a.csv", "id,name\n1\n2,b,c\n3,d\n");
  expect(inputs.map(({ line }) => line)).toEqual([4]);
  expect(wrong).toEqual([2, 3]);
});

test("an empty file has nothing, and a long one is cut", () => {
  expect(readInputFile("a.csv", "")).toEqual({ inputs: [], wrong: [], isCut: false });
  const long = readInputFile("a.jsonl", "1\n".repeat(mostInputs + 1));
  expect([long.inputs.length, long.isCut]).toEqual([mostInputs, true]);
});
