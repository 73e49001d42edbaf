import { type ArnScope, scopeOf, scopeOfArn } from "../../machine/arns.ts";
import type { MemoryServices } from "../../integrations/memory/memory-services.ts";
import type { Clock } from "../../ports/clock.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import { busArn, defaultBus } from "../../triggers/buses/event-arns.ts";
import { pipeArn } from "../../triggers/pipes/pipe-book.ts";
import { gatewayAccess } from "../../triggers/routes/api/gateway-context.ts";
import type { ConsoleAccess } from "../access.ts";
import type {
  ArchivesView,
  DeliveryView,
  PipeView,
  RouteView,
  RulesView,
  ScheduleView,
} from "../view-types.ts";
import {
  pipeView,
  routeViews,
  ruleView,
  scheduledRuleView,
  scheduleView,
} from "./trigger-views.ts";
import type { WatchedTriggers } from "./watched-triggers.ts";

export interface TriggerDeskParts {
  readonly access: Pick<ConsoleAccess, "may" | "isAllowed">;
  readonly scope: ArnScope;
  readonly clock: Pick<Clock, "now">;
  /** Absent: nothing starts executions by itself here. */
  readonly triggers: WatchedTriggers | undefined;
  /** Absent: no service is answered from memory. */
  readonly memory: MemoryServices | undefined;
}

/** *Our choices*: rows of one answer, and characters of one delivery's input. */
const mostRows = 1_000;
const mostDeliveries = 500;
const mostCharacters = 8_000;

/** Schedules, rules, pipes, routes, archives, and what did not reach its target. Each is asked for as its service's operation that lists the same. */
export class TriggerDesk {
  readonly #parts: TriggerDeskParts;

  constructor(parts: TriggerDeskParts) {
    this.#parts = parts;
  }

  /** Schedules of Scheduler, and rules with an expression as far as the caller may see rules. */
  async schedules(request: RequestContext): Promise<readonly ScheduleView[]> {
    const { access, clock } = this.#parts;
    await access.may("scheduler:ListSchedules", "*", request);
    const { watch } = this.#watched();
    const now = clock.now();
    const views: ScheduleView[] = [];
    for (const named of (await watch.schedules()).slice(0, mostRows)) {
      if (!(await access.isAllowed("scheduler:GetSchedule", named.arn, request))) continue;
      views.push(await scheduleView(named, watch, now));
    }
    if (!(await access.isAllowed("events:ListRules", "*", request))) return views;
    for (const named of await watch.rules()) {
      if (views.length >= mostRows) break;
      if (named.record.expression === undefined) continue;
      const view = await scheduledRuleView(named, watch, now);
      views.push(await this.#withoutHiddenTargets(view, request));
    }
    return views;
  }

  async rules(request: RequestContext): Promise<RulesView> {
    const { access, scope } = this.#parts;
    await access.may("events:ListRules", "*", request);
    const { watch } = this.#watched();
    const rules = (await watch.rules()).slice(0, mostRows);
    const buses = await watch.buses();
    const regions = new Set([scope.region, ...rules.map(({ region }) => region)]);
    const defaults = [...regions]
      .filter((region) => !buses.some((bus) => bus.region === region && isDefault(bus.record)))
      .map((region) => ({
        arn: busArn(scopeOf(region, scope.accountId), defaultBus),
        name: defaultBus,
        region,
      }));
    return {
      buses: [
        ...defaults,
        ...buses.map(({ arn, region, record: { name, description } }) => ({
          arn,
          name,
          region,
          description,
        })),
      ],
      rules: await Promise.all(
        rules.map(async (named) =>
          this.#withoutHiddenTargets(await ruleView(named, watch), request),
        ),
      ),
    };
  }

  async pipes(request: RequestContext): Promise<readonly PipeView[]> {
    const { access, scope } = this.#parts;
    await access.may("pipes:ListPipes", pipeArn(scope, "*"), request);
    const all = (await this.#watched().pipes.all()).slice(0, mostRows);
    const seen = await Promise.all(
      all.map(async (known) => {
        const { Arn, Source } = known.pipe;
        if (!(await access.isAllowed("pipes:DescribePipe", Arn, request))) return [];
        const backlog = await this.#backlog(Source, request);
        return [pipeView(known, scopeOfArn(Arn).region, backlog)];
      }),
    );
    return seen.flat();
  }

  async routes(request: RequestContext): Promise<readonly RouteView[]> {
    const { access, scope } = this.#parts;
    const { action, resource } = gatewayAccess("GET", "/apis", {
      caller: { ...scope, principal: { type: "owner" } },
    });
    await access.may(action, resource, request);
    return (await this.#watched().routes.served()).flatMap(routeViews).slice(0, mostRows);
  }

  async archives(request: RequestContext): Promise<ArchivesView> {
    const { access } = this.#parts;
    await access.may("events:ListArchives", "*", request);
    const { watch } = this.#watched();
    const maySeeReplays = await access.isAllowed("events:ListReplays", "*", request);
    const replays = maySeeReplays ? await watch.replays() : [];
    return {
      archives: (await watch.archives()).slice(0, mostRows).map(({ arn, region, record }) => ({
        ...record,
        arn,
        region,
      })),
      replays: replays
        .slice(0, mostRows)
        .map(({ arn, region, record }) => {
          const { name, archive, state, from, to, startedAt, endedAt, lastEventAt } = record;
          return { arn, region, name, archive, state, from, to, startedAt, endedAt, lastEventAt };
        })
        .toSorted((one, other) => other.startedAt - one.startedAt),
    };
  }

  /** What targets have refused. What is in it is data of executions to be. */
  async deliveries(request: RequestContext): Promise<readonly DeliveryView[]> {
    const { access } = this.#parts;
    await access.may("events:ListRules", "*", request);
    const maySeeInputs = await access.isAllowed("states:GetExecutionHistory", "*", request);
    const troubled = await this.#watched().watch.troubled.list(mostDeliveries);
    return troubled.map(({ id, delivery, dueAt, givenUpAt }) => ({
      id,
      sourceArn: delivery.request.sourceArn,
      targetArn: delivery.request.arn,
      since: delivery.since,
      dueAt,
      givenUpAt,
      attempts: delivery.attempts,
      ...delivery.failure,
      ...(maySeeInputs && { input: delivery.request.input.slice(0, mostCharacters) }),
    }));
  }

  /** Tries again, or throws away, what a target has refused: who may do that may say what the trigger gives to its targets. */
  async changeDelivery(id: string, body: unknown, request: RequestContext): Promise<object> {
    const { access } = this.#parts;
    await access.may("events:ListRules", "*", request);
    const { troubled } = this.#watched().watch;
    const delivery = await troubled.find(id);
    if (delivery === undefined) throw goneDelivery();
    await this.#mayFire(delivery.request.sourceArn, request);
    const { action } = (body ?? {}) as { readonly action?: unknown };
    if (action !== "retry" && action !== "discard") {
      throw errors.validation("'action' is retry or discard.");
    }
    if (!(await troubled[action](id))) throw goneDelivery();
    return {};
  }

  /** Does a tick now, beside those that are due; answers what came of it, as far as that is known at once. */
  async runNow(arn: string, request: RequestContext): Promise<object> {
    await this.#mayFire(arn, request);
    const { watch } = this.#watched();
    if (!(await watch.runNow(arn))) {
      const message = `There is no schedule ${arn}.`;
      throw new ApiError("ResourceNotFoundException", message, undefined, 404);
    }
    return { newest: (await watch.outcomes(arn)).newest.slice(0, 1) };
  }

  async #mayFire(sourceArn: string, request: RequestContext): Promise<void> {
    const isSchedule = sourceArn.split(":")[2] === "scheduler";
    const action = isSchedule ? "scheduler:UpdateSchedule" : "events:PutTargets";
    await this.#parts.access.may(action, sourceArn, request);
  }

  async #withoutHiddenTargets<T extends { readonly arn: string }>(
    view: T & { readonly targets?: unknown },
    request: RequestContext,
  ): Promise<T> {
    const { access } = this.#parts;
    if (await access.isAllowed("events:ListTargetsByRule", view.arn, request)) return view;
    const { targets: _, ...rest } = view;
    return rest as unknown as T;
  }

  /** *Our choice*: only queues in memory are looked into; others would have to be asked for each look at the page. */
  async #backlog(source: string, request: RequestContext): Promise<number | undefined> {
    const { access, clock, memory } = this.#parts;
    const queue = memory?.queues.all().find(({ arn }) => arn === source);
    if (queue === undefined) return undefined;
    if (!(await access.isAllowed("sqs:GetQueueAttributes", source, request))) return undefined;
    return queue.counts(clock.now()).waiting;
  }

  #watched(): WatchedTriggers {
    const { triggers } = this.#parts;
    if (triggers !== undefined) return triggers;
    throw new ApiError("ResourceNotFound", "Nothing starts executions by itself here.");
  }
}

function isDefault({ name }: { readonly name: string }): boolean {
  return name === defaultBus;
}

function goneDelivery(): ApiError {
  const message = "It is not there any more: it was taken, tried again or thrown away meanwhile.";
  return new ApiError("ResourceNotFoundException", message, undefined, 404);
}
