import { expect, test } from "vitest";
import { childDefinitionText } from "./child-definition-text.ts";

const machineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
const inner =
  '{"StartAt":"I","States":{"I":{"Type":"Pass","Result":{"b":1.50,"10":1,"2":2},"End":true}}}';
const map = (label: string, processor: string) =>
  `{"Type":"Map",${label}"ItemProcessor":${processor},"End":true}`;
const distributed = `{"ProcessorConfig":{"Mode":"DISTRIBUTED"},${inner.slice(1)}`;
const machine = (states: string, more = "") => `{${more}"StartAt":"A","States":{${states}}}`;

test("a child runs the processor of the Map with its label, to the letter", () => {
  const whole = machine(`"A":${map('"Label":"L",', distributed)}`);
  expect(childDefinitionText(whole, machineArn, "L")).toBe(inner);
  expect(childDefinitionText(whole, machineArn, "M")).toBeUndefined();
});

test("the language of the machine is that of its children", () => {
  const whole = machine(`"A":${map('"Label":"L",', distributed)}`, '"QueryLanguage":"JSONata",');
  expect(childDefinitionText(whole, machineArn, "L")).toBe(
    `{"QueryLanguage":"JSONata",${inner.slice(1)}`,
  );
});

test("the Map may be inside of others, and its label may follow from its name", () => {
  const nested = machine(`"N":${map("", distributed)}`);
  const parallel = machine(`"A":{"Type":"Parallel","Branches":[${nested}],"End":true}`);
  const inMap = machine(`"A":${map("", nested)}`);
  const label = "3fd2ad6a-a5f9-3dfb-a4e5-b31fd2e0e1a2";
  expect(childDefinitionText(parallel, machineArn, label)).toBeUndefined();
  const texts = [parallel, inMap].map((whole) => {
    const labelled = whole.replace(
      '"Type":"Map","ItemProcessor":{"ProcessorConfig"',
      '"Type":"Map","Label":"L","ItemProcessor":{"ProcessorConfig"',
    );
    return childDefinitionText(labelled, machineArn, "L");
  });
  expect(texts).toEqual([inner, inner]);
});
