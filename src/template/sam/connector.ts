import { shownText } from "../functions/scalar-text.ts";
import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import {
  connectorPermissions,
  type AccessCategories,
  type ConnectorStatement,
} from "./connector-permissions.ts";
import {
  getAtt,
  invalid,
  objectMember,
  ref,
  sharedAttributes,
  type ExpandResource,
  type Resources,
  type SamExpansion,
  type SamResource,
} from "./expansion.ts";

/** `AWS::Serverless::Connector`: a policy for the role of its source. */
export const expandConnector: ExpandResource = (resource, expansion) => {
  const source = objectMember(resource.properties, "Source");
  if (source === undefined)
    throw invalid(expansion, resource.logicalId, "Missing required property 'Source'.");
  return policiesOf(resource, source, expansion);
};

/** The `Connectors` of a resource, of which it is the source. */
export function expandEmbeddedConnectors(
  logicalId: string,
  written: JsonObject,
  expansion: SamExpansion,
): Resources {
  const connectors = objectMember(written, "Connectors") ?? {};
  return Object.assign(
    {},
    ...Object.entries(connectors).map(([name, connector]) => {
      const properties = isJsonObject(connector)
        ? (objectMember(connector, "Properties") ?? {})
        : {};
      const resource: SamResource = {
        logicalId: `${logicalId}${name}`,
        type: "AWS::Serverless::Connector",
        properties,
        attributes: sharedAttributes({ logicalId, type: "", properties, attributes: written }),
      };
      return policiesOf(resource, { Id: logicalId }, expansion);
    }),
  ) as Resources;
}

function policiesOf(resource: SamResource, source: JsonObject, expansion: SamExpansion): Resources {
  const written = ownMember(resource.properties, "Destination");
  const destinations = written !== undefined && isJsonArray(written) ? written : [written];
  const policies = destinations.map((destination, index) => {
    if (destination === undefined || !isJsonObject(destination)) {
      throw invalid(expansion, resource.logicalId, "Missing required property 'Destination'.");
    }
    const suffix = destinations.length > 1 ? `Destination${String(index)}` : "";
    return [
      `${resource.logicalId}${suffix}Policy`,
      policy(resource, source, destination, expansion),
    ];
  });
  return Object.fromEntries(policies) as Resources;
}

function policy(
  resource: SamResource,
  source: JsonObject,
  destination: JsonObject,
  expansion: SamExpansion,
): JsonObject {
  const from = partOf(resource, source, expansion);
  const to = partOf(resource, destination, expansion);
  const categories = connectorPermissions[from.type]?.[to.type];
  if (categories === undefined) {
    throw invalid(
      expansion,
      resource.logicalId,
      `Unable to create connector from ${from.type} to ${to.type}; Stepwell knows those of functions and state machines only.`,
    );
  }
  return {
    Type: "AWS::IAM::ManagedPolicy",
    ...sharedAttributes(resource),
    Properties: {
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: wanted(resource, categories, expansion).map((one) => statement(one, to)),
      },
      Roles: [from.role ?? ref(`${shownText(ownMember(source, "Id"))}Role`)],
    },
  };
}

function wanted(
  resource: SamResource,
  categories: AccessCategories,
  expansion: SamExpansion,
): readonly ConnectorStatement[] {
  const permissions = ownMember(resource.properties, "Permissions");
  const names = permissions !== undefined && isJsonArray(permissions) ? permissions : [];
  const wrong = names.find((name) => typeof name !== "string" || !Object.hasOwn(categories, name));
  if (names.length === 0 || wrong !== undefined) {
    throw invalid(
      expansion,
      resource.logicalId,
      `Unsupported 'Permissions' provided; valid values are: ${Object.keys(categories).join(", ")}.`,
    );
  }
  return names.flatMap((name) => categories[name as keyof AccessCategories] ?? []);
}

/** One end of a connector. */
interface ConnectorPart {
  readonly type: string;
  readonly arn: JsonValue;
  readonly name: JsonValue;
  /** Its role's name; `undefined` for the one that SAM makes. */
  readonly role: JsonValue | undefined;
}

const cloudFormationTypes: { readonly [type: string]: string } = {
  "AWS::Serverless::Function": "AWS::Lambda::Function",
  "AWS::Serverless::StateMachine": "AWS::StepFunctions::StateMachine",
  "AWS::Serverless::SimpleTable": "AWS::DynamoDB::Table",
};

/** Documented: whose `Ref` is an ARN. */
const refIsArn = new Set(["AWS::StepFunctions::StateMachine", "AWS::SNS::Topic"]);

function partOf(
  resource: SamResource,
  written: JsonObject,
  expansion: SamExpansion,
): ConnectorPart {
  const id = ownMember(written, "Id");
  if (typeof id !== "string") return describedPart(written);
  const part = expansion.resource(id);
  if (part === undefined) {
    throw invalid(
      expansion,
      resource.logicalId,
      `Unable to find resource with logical ID '${id}'.`,
    );
  }
  const writtenType = shownText(ownMember(part, "Type"));
  const type = cloudFormationTypes[writtenType] ?? writtenType;
  const properties = objectMember(part, "Properties") ?? {};
  return {
    type,
    arn: refIsArn.has(type) ? ref(id) : getAtt(id, "Arn"),
    name: getAtt(id, "Name"),
    role: roleName(ownMember(properties, "Role") ?? ownMember(properties, "RoleArn")),
  };
}

/** A part that is not of the template says itself what it is. */
function describedPart(written: JsonObject): ConnectorPart {
  const type = shownText(ownMember(written, "Type"));
  return {
    type: cloudFormationTypes[type] ?? type,
    arn: ownMember(written, "Arn") ?? "*",
    name: ownMember(written, "Name") ?? "*",
    role: ownMember(written, "RoleName"),
  };
}

function roleName(role: JsonValue | undefined): JsonValue | undefined {
  if (role === undefined || !isJsonObject(role)) return undefined;
  const attribute = ownMember(role, "Fn::GetAtt");
  return Array.isArray(attribute) ? ref(String(attribute[0])) : undefined;
}

function statement(written: ConnectorStatement, part: ConnectorPart): JsonObject {
  return {
    Effect: "Allow",
    Action: written.actions,
    Resource: written.resources.map((resource) => {
      if (resource === "arn") return part.arn;
      if (resource.startsWith("/")) {
        return { "Fn::Sub": [`\${DestinationArn}${resource}`, { DestinationArn: part.arn }] };
      }
      return resource.includes("${Name}")
        ? { "Fn::Sub": [resource, { Name: part.name }] }
        : { "Fn::Sub": resource };
    }),
  };
}
