import type { ClientModules } from "../../../integrations/aws/client-modules.ts";
import { optimizedStyle } from "../../../integrations/aws/member-names.ts";
import type { WhoAnswers } from "../../../integrations/doctor/who-answers.ts";
import type { MemoryServices } from "../../../integrations/memory/memory-services.ts";
import { isSdkAction } from "../../../asl/resources/unsupported-sdk-actions.ts";
import type { ArnScope } from "../../../machine/arns.ts";
import type { Clock } from "../../../ports/clock.ts";
import { errors } from "../../../service/errors/errors.ts";
import type { RequestContext } from "../../../service/operation.ts";
import { capitalised } from "../../../service/test-state/mocked-operation.ts";
import type { ConsoleAccess } from "../../access.ts";
import type {
  ActionAvailability,
  ActionCatalogue,
  ActionService,
  ActionView,
  PickList,
  PickRow,
  SdkServiceList,
  SdkServiceView,
  TaskAction,
} from "../../view-types.ts";
import type { DesignerSettings } from "../designer-settings.ts";
import { availabilityBy, clientOf } from "./action-availability.ts";
import { ClientAvailability } from "./availability.ts";
import { type DescribedService, describedServices } from "./catalogue.ts";
import { withInnerMembers } from "./inner-members.ts";
import { type PickParts, pickSources } from "./pick-sources.ts";
import { ownSdkService, SdkCatalogue } from "./sdk-catalogue.ts";

/** How optimized integrations name members. */
const style = optimizedStyle([]);

/** Our choice: rows of one list to pick from; more are found by their names. */
const mostRows = 500;

export interface ActionDeskParts extends Pick<PickParts, "store"> {
  readonly access: Pick<ConsoleAccess, "may" | "isAllowed">;
  readonly scope: ArnScope;
  readonly clock: Pick<Clock, "now" | "schedule">;
  readonly settings: DesignerSettings;
  readonly memory: MemoryServices | undefined;
  readonly modules: ClientModules;
  /** The services whose clients are installed. */
  readonly installed: () => ReadonlySet<string>;
  /** Makes one that looks anew for credentials. */
  readonly whoAnswers: () => WhoAnswers;
}

/** What a Task can call, and what there is here for its members to name. */
export class ActionDesk {
  readonly #parts: ActionDeskParts;
  readonly #services: readonly DescribedService[];
  readonly #sdk: SdkCatalogue;
  readonly #clients: ClientAvailability;
  readonly #availability: ReturnType<typeof availabilityBy>;

  constructor(parts: ActionDeskParts) {
    this.#parts = parts;
    this.#services = describedServices(parts.scope.partition);
    this.#sdk = new SdkCatalogue(parts.modules, parts.installed);
    this.#clients = new ClientAvailability(parts.whoAnswers, parts.clock);
    this.#availability = availabilityBy(parts.settings);
  }

  /** Every action that is described here, without the members of members. */
  async catalogue(request: RequestContext): Promise<ActionCatalogue> {
    await this.#may(request);
    const actions = this.#services.flatMap((service) => service.actions);
    const clients = await this.#clients.of([
      ...new Set(actions.flatMap((each) => clientOf(each) ?? [])),
    ]);
    return { services: this.#services.map((service) => this.#toldService(service, clients)) };
  }

  /** One action with all that is known of its members; also one of an SDK integration: `aws-sdk:s3:listBuckets`. */
  async action(id: string, request: RequestContext): Promise<ActionView> {
    await this.#may(request);
    const [, service, action] = /^aws-sdk:([a-z0-9]+):([A-Za-z0-9]+)$/.exec(id) ?? [];
    if (service !== undefined && action !== undefined) return this.#sdkAction(service, action);
    const described = this.#services
      .flatMap(({ actions }) => actions)
      .find((each) => each.id === id);
    if (described === undefined) throw errors.validation(`There is no action '${id}'`);
    const client = clientOf(described);
    const availability = await this.#availabilityOf(described, client);
    const inner =
      client === undefined
        ? undefined
        : await this.#sdk.members(client, described.apiName, (name) => style.memberName(name));
    if (inner === undefined) return { ...described, availability, source: "description" };
    const members = withInnerMembers(described.members, inner.members);
    return { ...described, availability, members, source: inner.source };
  }

  async sdkServices(request: RequestContext): Promise<SdkServiceList> {
    await this.#may(request);
    return { services: this.#sdk.rows() };
  }

  async sdkService(service: string, request: RequestContext): Promise<SdkServiceView> {
    await this.#may(request);
    const row = this.#sdk.row(service);
    if (row === undefined) throw errors.validation(`The AWS SDK has no service '${service}'`);
    const [availability, operations] = await Promise.all([
      this.#sdkAvailability(service),
      this.#sdk.operations(service),
    ]);
    return { ...row, availability, ...operations };
  }

  /** What there is of a kind in the caller's Region, of names that have `text` in them in any case. */
  async resources(
    { kind, text }: { readonly kind: string | undefined; readonly text: string },
    request: RequestContext,
  ): Promise<PickList> {
    const { access, scope } = this.#parts;
    if (kind === undefined || !isPicked(kind)) {
      throw errors.validation(`The 'kind' is one of ${Object.keys(pickSources).join(", ")}`);
    }
    const { permission, qualifierPermissions = [], rows } = pickSources[kind];
    await access.may(permission, "*", request);
    const wanted = text.toLowerCase();
    const place = {
      ...(request.caller ?? scope),
      matches: (name: string) => name.toLowerCase().includes(wanted),
      qualifiers: await this.#mayAll(qualifierPermissions, request),
    };
    const told: PickRow[] = [];
    for await (const row of rows(this.#parts, place)) {
      if (!place.matches(row.name)) continue;
      if (told.length >= mostRows) return { kind, rows: told, isMore: true };
      told.push(row);
    }
    return { kind, rows: told, isMore: false };
  }

  async #mayAll(actions: readonly string[], request: RequestContext): Promise<boolean> {
    for (const action of actions) {
      if (!(await this.#parts.access.isAllowed(action, "*", request))) return false;
    }
    return true;
  }

  /** The catalogue is what ListStateMachines' caller may see: it says nothing of any resource. */
  #may(request: RequestContext): Promise<void> {
    return this.#parts.access.may("states:ListStateMachines", "*", request);
  }

  #toldService(
    service: DescribedService,
    clients: ReadonlyMap<string, ActionAvailability>,
  ): ActionService {
    const told = service.actions.map((action) => {
      const availability = this.#availability(action, clients.get(clientOf(action) ?? ""));
      return { action, availability, key: JSON.stringify(availability) };
    });
    // What most have is said once, of the service.
    const [usual] = [...Map.groupBy(told, ({ key }) => key).values()].toSorted(
      (a, b) => b.length - a.length,
    );
    return {
      ...service,
      availability: usual?.[0]?.availability ?? { to: "here" },
      actions: told.map(({ action, availability, key }) =>
        key === usual?.[0]?.key ? action : { ...action, availability },
      ),
    };
  }

  async #availabilityOf(
    action: TaskAction,
    client: string | undefined,
  ): Promise<ActionAvailability> {
    const clients = await this.#clients.of(client === undefined ? [] : [client]);
    return this.#availability(action, client === undefined ? undefined : clients.get(client));
  }

  async #sdkAction(service: string, action: string): Promise<ActionView> {
    if (this.#sdk.row(service) === undefined || !isSdkAction(service, action)) {
      throw errors.validation(`SDK integrations have no action '${service}:${action}'`);
    }
    const { source, actions } = await this.#sdk.operations(service);
    if (source !== "none" && !actions.includes(action)) {
      throw errors.validation(`The service '${service}' has no action '${action}'`);
    }
    const arn = `arn:${this.#parts.scope.partition}:states:::aws-sdk:${service}:${action}`;
    const told: TaskAction = {
      id: `aws-sdk:${service}:${action}`,
      apiName: capitalised(action),
      resources: { requestResponse: arn, waitForTaskToken: `${arn}.waitForTaskToken` },
    };
    const known = await this.#sdk.members(service, action);
    const availability = await this.#sdkAvailability(service, told);
    return { ...told, availability, source, ...known };
  }

  async #sdkAvailability(service: string, action?: TaskAction): Promise<ActionAvailability> {
    const clients = service === ownSdkService ? new Map() : await this.#clients.of([service]);
    const client = clients.get(service) as ActionAvailability | undefined;
    return action === undefined ? (client ?? { to: "here" }) : this.#availability(action, client);
  }
}

function isPicked(kind: string): kind is keyof typeof pickSources {
  return Object.hasOwn(pickSources, kind);
}
