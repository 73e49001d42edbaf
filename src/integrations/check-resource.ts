import type { CheckedTask, ResourceChecks, TaskFindings } from "../ports/resource-checks.ts";
import { installCommand } from "./aws/call-failures.ts";
import { sdkStyle } from "./aws/member-names.ts";
import { sdkOperation } from "./aws/sdk-call.ts";
import type { SdkClients } from "./aws/sdk-clients.ts";
import { sdkShape } from "./aws/sdk-shape.ts";
import { unsupportedMembers } from "./aws/unsupported-members.ts";
import { calledClient } from "./called-client.ts";

const nothing: TaskFindings = { isRecognized: true, unsupportedFields: [] };

/** Looks Tasks up in the clients that are installed. `standsIn` says whether something else is called instead of the service. */
export function createResourceChecks(
  { modules }: Pick<SdkClients, "modules">,
  standsIn: (resource: CheckedTask["resource"]) => boolean,
): ResourceChecks {
  return {
    async check({ resource, parameters, language }) {
      const called = calledClient(resource);
      if (modules === undefined || called === undefined || resource.kind !== "service") {
        return nothing;
      }
      const found = modules.find(called.client);
      if (found === undefined) {
        return standsIn(resource) ? nothing : { ...nothing, advice: missing(resource.arn, called) };
      }
      // What an optimized integration takes is known without its client.
      if (!called.isSdk) return nothing;
      const module = await modules.load(called.client);
      if (module === undefined) return nothing;
      const operation = sdkOperation(module, resource.action);
      if (operation === undefined) return { ...nothing, isRecognized: false };
      const { schema } = operation;
      if (schema === undefined) {
        const advice = `${found.packageName} ${found.version}, which calls ${resource.arn}, is too old: it does not describe what its operations take. Tasks of it fail until one that fits is installed: ${installCommand(found.packageName)}`;
        return { ...nothing, advice };
      }
      if (parameters === undefined) return nothing;
      const shape = sdkShape(schema[4]);
      const unsupportedFields = unsupportedMembers(shape, parameters, sdkStyle, language);
      return { ...nothing, unsupportedFields };
    },
  };
}

function missing(arn: string, { packageName }: { readonly packageName: string }): string {
  return `tasks of ${arn} fail until ${packageName} is installed: ${installCommand(packageName)}`;
}
