import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problemOf, resolved } from "../templates.fixture.ts";
import { inOrderOfDependencies } from "./order.ts";

const made = () => ({ ref: "made", attributes: { Arn: "arn:made" } });

describe("which resources there are, and when", () => {
  test("each comes after what it refers to or depends on", () => {
    const { resources } = resolved(
      [
        "Resources:",
        "  A: {Type: AWS::SNS::Topic, DependsOn: [C]}",
        "  B: {Type: AWS::SNS::Topic, Properties: {P: !Sub '${A.Arn}'}}",
        "  C: {Type: AWS::SNS::Topic}",
        "  D: {Type: AWS::SNS::Topic, DependsOn: B, Metadata: {M: !Ref C}}",
      ].join("\n"),
    );
    expect(resources.map(({ logicalId }) => logicalId)).toEqual(["C", "A", "B", "D"]);
    expect(resources.map(({ dependencies }) => dependencies)).toEqual([
      [],
      ["C"],
      ["A"],
      ["B", "C"],
    ]);
  });

  test("one whose condition does not hold is not there, and is waited for by nobody", () => {
    const { resources, conditions } = resolved(
      [
        "Conditions: {Never: !Equals [a, b], Always: !Not [!Condition Never]}",
        "Resources:",
        "  A: {Type: AWS::SNS::Topic, Condition: Never}",
        "  B: {Type: AWS::SNS::Topic, DependsOn: A, Properties: {P: !If [Never, !Ref A, none]}}",
      ].join("\n"),
    );
    expect(conditions).toEqual({ Never: false, Always: true });
    expect(resources).toMatchObject([
      { logicalId: "B", dependencies: [], properties: { P: "none" } },
    ]);
  });

  test("policies of removal are Delete if nothing else is said", () => {
    const { resources } = resolved(
      "Resources:\n  A: {Type: AWS::SNS::Topic, DeletionPolicy: Retain}\n",
    );
    expect(resources).toMatchObject([{ deletionPolicy: "Retain", updateReplacePolicy: "Delete" }]);
  });
});

describe("what cannot be resolved is refused in AWS's words", () => {
  const a = "A: {Type: AWS::SNS::Topic";
  test.each([
    [
      `Resources: {${a}, DependsOn: B}}`,
      "Template format error: Unresolved resource dependencies [B] in the Resources block of the template",
    ],
    [
      `Resources: {${a}, DependsOn: B}, B: {Type: T, Properties: {P: !GetAtt A.Arn}}}`,
      "Circular dependency between resources: [A, B]",
    ],
    [`Resources: {${a}, Properties: {P: !Ref A}}}`, "Circular dependency between resources: [A]"],
    [
      `Conditions: {N: !Equals [a, b]}\nResources: {${a}, Condition: N}, B: {Type: T, Properties: {P: !Ref A}}}`,
      "Template format error: Unresolved resource dependencies [A] in the Resources block of the template",
    ],
    [
      `Resources: {${a}, Condition: N}}`,
      "Template format error: Unresolved condition dependency N in the Resources block of the template",
    ],
    [
      `Resources: {${a}, DeletionPolicy: Never}}`,
      "Template format error: Unrecognized DeletionPolicy Never for resource A",
    ],
    [
      `Conditions: {N: !Not [!Condition M], M: !Not [!Condition N]}\nResources: {${a}}}`,
      "Template format error: Circular dependency between conditions: [N, M]",
    ],
    [
      `Conditions: {N: a}\nResources: {${a}}}`,
      "Template format error: Conditions can only be boolean operations on parameters and other conditions",
    ],
    [
      `Conditions: {N: !Equals [!Ref A, b]}\nResources: {${a}}}`,
      "Template format error: Unresolved dependencies. Cannot reference resources in the Conditions block of the template",
    ],
    [
      `Resources: {${a}}}\nOutputs: {O: {Value: !Ref B}}`,
      "Template format error: Unresolved resource dependencies [B] in the Outputs block of the template",
    ],
  ])("%s", (text, problem) => {
    expect(problemOf(() => resolved(text))).toBe(problem);
  });
});

describe("outputs", () => {
  const text = [
    "Conditions: {Never: !Equals [a, b]}",
    "Resources: {A: {Type: AWS::SNS::Topic}, B: {Type: AWS::SNS::Topic, Condition: Never}}",
    "Outputs:",
    "  Arn: {Description: where, Value: !GetAtt A.Arn, Export: {Name: !Sub '${AWS::StackName}-arn'}}",
    "  None: {Condition: Never, Value: !Ref B}",
  ].join("\n");

  test("are those whose condition holds, with what they export", () => {
    expect(resolved(text).outputs(made)).toEqual([
      { name: "Arn", value: "arn:made", description: "where", exportName: "orders-arn" },
    ]);
  });

  test("one that refers to a resource that is not there is refused", () => {
    const wrong = text.replace("Condition: Never, Value", "Value");
    expect(problemOf(() => resolved(wrong).outputs(made))).toBe(
      "Template format error: Unresolved resource dependencies [B] in the Outputs block of the template",
    );
  });

  test("an object is none", () => {
    expect(
      problemOf(() =>
        resolved("Resources: {A: {Type: T}}\nOutputs: {O: {Value: {a: 1}}}").outputs(made),
      ),
    ).toBe(
      "Template format error: The Value field of every Outputs member must evaluate to a String.",
    );
  });
});

test("a value that another stack exports is taken, and its name is told", () => {
  const { resources, imports } = resolved(
    "Resources: {A: {Type: AWS::SNS::Topic, Properties: {P: !ImportValue {'Fn::Sub': '${AWS::Region}-arn'}}}}",
    { exportedValue: (name) => (name === "us-east-1-arn" ? "arn:other" : undefined) },
  );
  expect(resources[0]?.properties).toEqual({ P: "arn:other" });
  expect(imports).toEqual(["us-east-1-arn"]);
});

describe("rules", () => {
  const text = (assertion: string) =>
    `Parameters: {S: {Type: String, Default: dev}}\nRules:\n  R:\n    Assertions: [{Assert: ${assertion}, AssertDescription: wrong stage}]\nResources: {A: {Type: T}}`;

  test.each([
    ["!Contains [[dev, prod], !Ref S]", "nothing"],
    ["!EachMemberIn [[!Ref S], [dev, prod]]", "nothing"],
    ["!EachMemberEquals [[dev, dev], !Ref S]", "nothing"],
    ["!Not [!Contains [[dev], !Ref S]]", "Template validation error: Rule R failed: wrong stage"],
  ])("%s: %s", (assertion, problem) => {
    expect(problemOf(() => resolved(text(assertion)))).toBe(problem);
  });

  test("one whose condition does not hold asserts nothing", () => {
    const rule = text("!Equals [a, b]").replace(
      "    Assertions",
      "    RuleCondition: !Equals [a, c]\n    Assertions",
    );
    expect(problemOf(() => resolved(rule))).toBe("nothing");
  });
});

test("any graph without a circle has an order, and any other names one that is a circle", () => {
  const graphs = fc.array(fc.array(fc.nat(9), { maxLength: 3 }), { minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(graphs, (lists) => {
      const dependencies = new Map(
        lists.map((others, index) => [`n${index}`, others.map((one) => `n${one}`)]),
      );
      const result = inOrderOfDependencies(dependencies);
      if ("order" in result) {
        expect(new Set(result.order)).toEqual(new Set(dependencies.keys()));
        for (const [name, others] of dependencies) {
          for (const other of others) {
            expect(result.order.indexOf(other)).toBeLessThan(result.order.indexOf(name));
          }
        }
      } else {
        const { circle } = result;
        circle.forEach((name, index) => {
          expect(dependencies.get(name)).toContain(circle[(index + 1) % circle.length]);
        });
      }
    }),
  );
});
