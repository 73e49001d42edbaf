import type { ClientModules, SdkModule } from "../../../integrations/aws/client-modules.ts";
import { type KnownClient, knownClients } from "../../../integrations/aws/known-clients.ts";
import { packedModel } from "../../../integrations/aws/packed-models.ts";
import { sdkMemberName } from "../../../integrations/aws/member-names.ts";
import { describesOperations, sdkOperation } from "../../../integrations/aws/sdk-call.ts";
import { sdkShape } from "../../../integrations/aws/sdk-shape.ts";
import { serviceIds } from "../../../integrations/aws/service-ids.ts";
import { isSdkAction } from "../../../asl/resources/unsupported-sdk-actions.ts";
import type { ActionView, SdkServiceRow, SdkServiceView } from "../../view-types.ts";
import { capitalised } from "../../../service/test-state/mocked-operation.ts";
import { ownActions, ownMembers } from "./model-members.ts";
import { requestShape } from "./request-shapes.ts";
import { sdkMembers, withOptions } from "./sdk-members.ts";

/** This engine's own API, for which no client is needed. */
export const ownSdkService = "sfn";

/** What is known of a service's operations. */
export type SdkOperations = Pick<SdkServiceView, "source" | "actions">;

/** What an operation takes, and who says so. */
export type KnownMembers = Required<Pick<ActionView, "source" | "members">>;

/**
 * The services of the AWS SDK and what their operations take, read from the clients that are installed and from the models that are
 * shipped. A client is loaded when it is first asked for: that holds the thread some 50 ms.
 */
export class SdkCatalogue {
  readonly #modules: ClientModules;
  readonly #installed: () => ReadonlySet<string>;

  /** `installed` says which services have clients: it is asked for all of them at once, which `modules` takes long to say. */
  constructor(modules: ClientModules, installed: () => ReadonlySet<string>) {
    this.#modules = modules;
    this.#installed = installed;
  }

  rows(): readonly SdkServiceRow[] {
    const installed = this.#installed();
    return callable.map((client) => rowOf(client, installed.has(client.service)));
  }

  row(service: string): SdkServiceRow | undefined {
    const known = callable.find((each) => each.service === service);
    return known && rowOf(known, this.#modules.find(service) !== undefined);
  }

  async operations(service: string): Promise<SdkOperations> {
    if (service === ownSdkService) return { source: "client", actions: ownActions };
    const module = await this.#modules.load(service);
    // One that is too old does not say what it takes.
    if (module !== undefined && describesOperations(module)) {
      return { source: "client", actions: listed(service, commandsOf(module)) };
    }
    const model = await packedModel("requests", service);
    return model === undefined
      ? { source: "none", actions: [] }
      : { source: "model", actions: listed(service, Object.keys(model.operations)) };
  }

  /**
   * What an operation takes; `undefined` where neither a client nor a model says it. `memberName` is how a task names a member: in SDK
   * integrations if absent.
   */
  async members(
    service: string,
    action: string,
    memberName: (name: string) => string = sdkMemberName,
  ): Promise<KnownMembers | undefined> {
    if (service === ownSdkService) {
      const members = ownMembers(action);
      return members && { source: "client", members };
    }
    const names = { service, memberName };
    const [module, model] = await Promise.all([
      this.#modules.load(service),
      packedModel("requests", service),
    ]);
    const shape = model && requestShape(model, capitalised(action));
    const modelled = shape && sdkMembers(shape, names);
    const schema = module && sdkOperation(module, action)?.schema;
    if (schema === undefined) return modelled && { source: "model", members: modelled };
    const members = sdkMembers(sdkShape(schema[4]), names);
    return { source: "client", members: withOptions(members, modelled ?? []) };
  }
}

/** The clients of services that SDK integrations have. */
const callable = knownClients.filter(({ service }) => isSdkAction(service, "any"));

function rowOf({ service, packageName, words }: KnownClient, isFound: boolean): SdkServiceRow {
  return {
    service,
    title: Object.hasOwn(serviceIds, service) ? (serviceIds[service] as string) : words,
    packageName,
    isInstalled: isFound || service === ownSdkService,
  };
}

function commandsOf(module: SdkModule): readonly string[] {
  return Object.keys(module)
    .filter((name) => name.endsWith("Command") && name !== "$Command")
    .map((name) => name.slice(0, -"Command".length));
}

/** As ARNs spell them, without those that SDK integrations do not have. */
function listed(service: string, apiNames: readonly string[]): readonly string[] {
  return apiNames
    .map((name) => name.charAt(0).toLowerCase() + name.slice(1))
    .filter((action) => isSdkAction(service, action))
    .toSorted();
}
