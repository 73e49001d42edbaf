import { textOf as asText } from "../text-of.ts";
import { isJsonArray, isJsonObject, ownMember, type JsonObject } from "../../expression/json.ts";
import { textOf } from "../../aws-services/members.ts";
import type { ServiceMembers, ServiceOperation } from "../../ports/service-api.ts";
import {
  declaredParameters,
  type DeclaredParameter,
} from "../../template/parameters/declared-parameters.ts";
import { readTemplate } from "../../template/reading/read-template.ts";
import type { Template } from "../../template/template.ts";
import { templateErrors } from "../desk/content-of.ts";
import type { ChangeRequest, StackDesk } from "../desk/stack-desk.ts";
import { stackOperation } from "./stack-operation.ts";
import { templateIn } from "./wanted-stack.ts";

/** What tells of templates, of which no stack has to be made. */
export function templateOperations(desk: StackDesk): { readonly [name: string]: ServiceOperation } {
  async function read(members: JsonObject, request: ChangeRequest): Promise<Template> {
    const name = textOf(members, "StackName");
    const present = name === undefined ? undefined : await desk.find(request.caller.region, name);
    const asked = present === undefined ? members : { ...members, UsePreviousTemplate: true };
    const text = await templateIn(asked, request, { desk, present });
    return templateErrors(() => readTemplate(text, { name: name ?? "template" }));
  }

  return {
    ValidateTemplate: stackOperation(
      "ValidateTemplate",
      async (members, request) => {
        const template = await read(members, request);
        return {
          Parameters: parametersOf(template).map(({ name, fallback, declaration }) => ({
            ParameterKey: name,
            DefaultValue: fallback,
            NoEcho: isTrue(declaration, "NoEcho"),
            Description: textOf(declaration, "Description"),
          })),
          ...summaryOf(template),
        };
      },
      { isOfAll: true },
    ),

    GetTemplateSummary: stackOperation(
      "GetTemplateSummary",
      async (members, request) => {
        const template = await read(members, request);
        return {
          Parameters: parametersOf(template).map(shownParameter),
          ...summaryOf(template),
          ResourceTypes: [...new Set(typesOf(template))],
          Version: textOf(template.sections, "AWSTemplateFormatVersion"),
          Metadata: JSON.stringify(template.sections["Metadata"] ?? {}),
          ResourceIdentifierSummaries: [],
        };
      },
      { isOfAll: true },
    ),
  };
}

function parametersOf(template: Template): readonly DeclaredParameter[] {
  return templateErrors(() => declaredParameters(template));
}

function shownParameter({
  name,
  typeName,
  fallback,
  declaration,
}: DeclaredParameter): ServiceMembers {
  const allowed = ownMember(declaration, "AllowedValues");
  return {
    ParameterKey: name,
    DefaultValue: fallback,
    ParameterType: typeName,
    NoEcho: isTrue(declaration, "NoEcho"),
    Description: textOf(declaration, "Description"),
    ParameterConstraints: { AllowedValues: isJsonArray(allowed) ? allowed.map(String) : [] },
  };
}

function summaryOf(template: Template): ServiceMembers {
  const named = typesOf(template).filter((type) => type.startsWith("AWS::IAM::"));
  const transforms = transformsOf(template);
  const capabilities = [
    ...(named.length > 0 ? ["CAPABILITY_NAMED_IAM"] : []),
    ...(transforms.length > 0 ? ["CAPABILITY_AUTO_EXPAND"] : []),
  ];
  return {
    Description: textOf(template.sections, "Description"),
    Capabilities: capabilities,
    ...(named.length > 0 && {
      CapabilitiesReason: `The following resource(s) require capabilities: [${[...new Set(named)].join(", ")}]`,
    }),
    DeclaredTransforms: transforms,
  };
}

function transformsOf({ sections }: Template): readonly string[] {
  const written = sections["Transform"] ?? [];
  const list = isJsonArray(written) ? written : [written];
  return list.map((each) => (isJsonObject(each) ? asText(each["Name"]) : asText(each)));
}

function typesOf({ sections }: Template): readonly string[] {
  const resources = sections["Resources"];
  return Object.values(isJsonObject(resources) ? resources : {}).flatMap((resource) =>
    isJsonObject(resource) && typeof resource["Type"] === "string" ? [resource["Type"]] : [],
  );
}

function isTrue(declaration: JsonObject, name: string): boolean {
  return asText(declaration[name] ?? false) === "true";
}
