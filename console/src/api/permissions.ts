import type { PermissionRequest, PermissionView } from "../../../src/console/view-types.ts";
import { send } from "./client.ts";

/** What a workflow needs that its role may not do. */
export function missingPermissions(request: PermissionRequest): Promise<PermissionView> {
  return send<PermissionView>("designer/permissions", request);
}
