import { locationSegments } from "../../../../../src/asl/diagnostics/location.ts";
import type { MissingPermission, PermissionView } from "../../../../../src/console/view-types.ts";
import type { JsonValue } from "../../../../../src/expression/json.ts";
import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";
import { graphIndex } from "../../../designer/edits/graph-index.ts";
import { nearestSpan, stateAtPath } from "../../../designer/edits/state-at-path.ts";
import type { PermissionCode, Problem } from "./problem.ts";

/** The view with the role that was asked about. */
export type RolePermissions = PermissionView & { readonly roleArn: string };

/**
 * What the workflow's role does not allow: at each state what is missing, and once that there is no such role or that it cannot be the
 * workflow's. Nothing where nobody here knows the role.
 */
export function permissionProblems(
  document: DefinitionDocument,
  permissions: RolePermissions | undefined,
): readonly Problem[] {
  if (permissions === undefined || document.value === undefined) return [];
  const { role, roleArn, missing } = permissions;
  const whole = role === "noRole" || role === "notTrusted" ? [ofRole(document, role, roleArn)] : [];
  return [...whole, ...missing.map((one) => ofState(document, one))];
}

function ofRole(document: DefinitionDocument, code: PermissionCode, roleArn: string): Problem {
  return {
    id: `permission ${code}`,
    severity: "warning",
    source: "permission",
    code,
    name: roleArn,
    key: undefined,
    path: [],
    span: nearestSpan(document, ["StartAt"]),
    fixes: [],
  };
}

function ofState(
  document: DefinitionDocument,
  { action, resource, roleArn, location = "" }: MissingPermission,
): Problem {
  const path = locationSegments(location, document.value as JsonValue);
  const named = [...path, "Resource"];
  const statement = { Effect: "Allow", Action: action, Resource: resource };
  return {
    id: `permission ${location} ${action} ${resource} ${roleArn ?? ""}`,
    severity: "warning",
    source: "permission",
    code: roleArn === undefined ? "missingPermission" : "missingInCredentials",
    name: resource === "*" ? action : `${action} (${resource})`,
    key: stateAtPath(graphIndex(document), path)?.key,
    path,
    span: nearestSpan(document, document.spanOf(named) === undefined ? path : named),
    fixes: [{ code: "copyStatement", statement: JSON.stringify(statement, undefined, 2) }],
  };
}
