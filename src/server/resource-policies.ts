import type { JsonObject } from "../expression/json.ts";
import type { ResourcePolicies } from "../iam/authorizer/authorizer.ts";
import {
  functionCollections,
  functionId,
  type FunctionRecord,
} from "../integrations/functions/deployed/function-record.ts";
import type { DocumentStore } from "../ports/document-store.ts";
import { DocumentCollection } from "../service/document-collection.ts";
import { RuleBook } from "../triggers/buses/rule-book.ts";
import { documentId } from "../triggers/buses/event-arns.ts";

const functionArn = /^arn:[^:]+:lambda:([^:]+):\d{12}:function:([^:]+)(?::([^:]+))?$/;
const busArn = /^arn:[^:]+:events:([^:]+):\d{12}:event-bus\/([^/]+)$/;

/** The policies that AddPermission has given to functions, which only allow, and PutPermission to event buses. */
export function resourcePolicies(store: DocumentStore, accountId: string): ResourcePolicies {
  const functions = new DocumentCollection<FunctionRecord>(store, functionCollections.functions);
  const { buses } = new RuleBook(store, accountId);
  return {
    kindOf(resource) {
      if (functionArn.test(resource)) return "allows";
      return busArn.test(resource) ? "denies" : undefined;
    },
    async read(resource) {
      const [, region, name, qualifier = ""] = functionArn.exec(resource) ?? [];
      if (region !== undefined && name !== undefined) {
        const policies = (await functions.get(functionId(region, name)))?.policies ?? {};
        return Object.hasOwn(policies, qualifier)
          ? policyText(policies[qualifier]?.statements ?? [])
          : undefined;
      }
      const [, ofRegion, bus] = busArn.exec(resource) ?? [];
      if (ofRegion === undefined || bus === undefined) return undefined;
      const found = await buses.get(documentId(ofRegion, bus));
      return policyText(Object.values(found?.statements ?? {}));
    },
  };
}

function policyText(statements: readonly JsonObject[]): string | undefined {
  if (statements.length === 0) return undefined;
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
