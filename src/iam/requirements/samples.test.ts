import { describe, expect, test } from "vitest";
import { sampleNames, sampleText, withoutPlaceholders } from "../../asl/samples.fixture.ts";
import { parseJson } from "../../expression/parse-json.ts";
import type { PolicyDocument } from "../policy/policy-document.ts";
import { policyOfRecord } from "../policy/parse-policy.ts";
import { lacking } from "./lacking.ts";
import { leastPolicy } from "./least-policy.ts";
import type { Requirement } from "./requirement.ts";
import { requirementsOf } from "./requirements-of.ts";

const stateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:orders";

function needs(name: string): readonly Requirement[] {
  return requirementsOf(parseJson(withoutPlaceholders(sampleText(name))), {
    stateMachineArn,
    logs: true,
    traces: true,
  });
}

function lacks(requirements: readonly Requirement[], document: PolicyDocument, roleArn?: string) {
  const policy = policyOfRecord(JSON.stringify(document), "identity");
  return lacking(requirements, { identity: [{ name: "least", policy }] }, roleArn);
}

describe.skipIf(sampleNames.length === 0)("published definitions (need ../shared/samples)", () => {
  test.each(sampleNames)(
    "%s has all that it needs by its least policy, and needs it all",
    (name) => {
      const requirements = needs(name);
      const roles = new Set(requirements.map(({ roleArn }) => roleArn));
      for (const roleArn of roles) {
        const least = leastPolicy(requirements, roleArn);
        if (least === undefined) throw new Error("there is no policy");
        expect(lacks(requirements, least, roleArn)).toEqual([]);
        for (const statement of least.Statement) {
          const Statement = least.Statement.filter((one) => one !== statement);
          const others: PolicyDocument = { ...least, Statement };
          if (Statement.length > 0) {
            expect(lacks(requirements, others, roleArn).length).toBeGreaterThan(0);
          }
        }
        expect(leastPolicy(requirements.toReversed(), roleArn)).toEqual(least);
      }
    },
  );
});
