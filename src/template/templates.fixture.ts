import { readTemplate } from "./reading/read-template.ts";
import { resolveTemplate } from "./resolving/resolve-template.ts";
import type {
  MadeResource,
  PlannedResource,
  ResolvedTemplate,
  Template,
  TemplateContext,
} from "./template.ts";
import { expandTemplate, type ExpandOptions } from "./transforms/expand-template.ts";

/** A stack's surroundings for tests. */
export const context: TemplateContext = {
  pseudo: {
    accountId: "000000000000",
    region: "us-east-1",
    stackName: "orders",
    stackId: "arn:aws:cloudformation:us-east-1:000000000000:stack/orders/1",
  },
};

export function template(text: string): Template {
  return readTemplate(text, { name: "template.yaml" });
}

/** Resolves a text without transforms. */
export function resolved(text: string, more: Partial<TemplateContext> = {}): ResolvedTemplate {
  return resolveTemplate(template(text), { ...context, ...more });
}

export function expanded(text: string, options: Partial<ExpandOptions> = {}): Template {
  return expandTemplate(template(text), { context, ...options });
}

/** The one property `P` of the one resource `R` of a template, with functions in it: `P: !Ref A`. */
export function propertyOf(property: string, others = "", more: Partial<TemplateContext> = {}) {
  const text = `${others}\nResources:\n  R:\n    Type: AWS::SNS::Topic\n    Properties:\n      P: ${property}\n`;
  return resolved(text, more).resources.find(({ logicalId }) => logicalId === "R")?.properties["P"];
}

/** What a call throws. */
export function problemOf(call: () => unknown): string {
  try {
    call();
  } catch (thrown) {
    return (thrown as Error).message;
  }
  return "nothing";
}

/** References to a resource as if it had been made, with the forms of AWS's. */
export function madeUp(resources: readonly PlannedResource[]) {
  return (logicalId: string): MadeResource | undefined => {
    const resource = resources.find((one) => one.logicalId === logicalId);
    if (resource === undefined) return undefined;
    const arn = arnOf(resource);
    const isArn = /StateMachine|Topic|Activity|Stack$|Policy$/.test(resource.type);
    const handler: ProxyHandler<Record<string, string>> = {
      getOwnPropertyDescriptor: (_target, name) => ({
        value: attribute(arn, resource, String(name)),
        configurable: true,
        enumerable: true,
      }),
      get: (_target, name) => attribute(arn, resource, String(name)),
    };
    return {
      ref: isArn ? arn : logicalId,
      attributes: new Proxy<Record<string, string>>({}, handler),
    };
  };
}

function attribute(arn: string, { logicalId }: PlannedResource, name: string): string {
  return name.endsWith("Arn") ? arn : `${logicalId}-${name}`;
}

function arnOf({ logicalId, type }: PlannedResource): string {
  const [, service = "", kind = ""] = type.split("::");
  const names: { readonly [service: string]: string } = {
    StepFunctions: `states:us-east-1:000000000000:${kind.charAt(0).toLowerCase()}${kind.slice(1)}:`,
    Lambda: "lambda:us-east-1:000000000000:function:",
    IAM: `iam::000000000000:${kind.toLowerCase()}/`,
  };
  return `arn:aws:${names[service] ?? `${service.toLowerCase()}:us-east-1:000000000000:${kind.toLowerCase()}/`}${logicalId}`;
}
