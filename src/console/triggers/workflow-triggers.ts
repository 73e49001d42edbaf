import { ApiError } from "../../service/errors/api-error.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ConsoleAccess } from "../access.ts";
import type { WorkflowTriggersView, WorkflowTriggerView } from "../view-types.ts";
import type { TriggerDesk } from "./trigger-desk.ts";

/** What starts a workflow by itself: those among the triggers whose target it is. */
export class WorkflowTriggers {
  readonly #access: Pick<ConsoleAccess, "may">;
  readonly #desk: TriggerDesk;

  constructor(access: Pick<ConsoleAccess, "may">, desk: TriggerDesk) {
    this.#access = access;
    this.#desk = desk;
  }

  async view(stateMachineArn: string, request: RequestContext): Promise<WorkflowTriggersView> {
    await this.#access.may("states:DescribeStateMachine", stateMachineArn, request);
    const isTarget = (arn: string | undefined): boolean =>
      arn === stateMachineArn || arn?.startsWith(`${stateMachineArn}:`) === true;
    const areTargets = (targets: readonly { readonly arn: string }[] = []): boolean =>
      targets.some(({ arn }) => isTarget(arn));
    const hidden: WorkflowTriggerView["kind"][] = [];

    /** Those of a kind; none where the caller may not see any. */
    async function ofKind<T>(
      kind: WorkflowTriggerView["kind"],
      all: Promise<readonly T[]>,
      starts: (each: T) => boolean,
      shown: (each: T) => Omit<WorkflowTriggerView, "kind">,
    ): Promise<readonly WorkflowTriggerView[]> {
      try {
        return (await all).filter(starts).map((each) => ({ kind, ...shown(each) }));
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        hidden.push(kind);
        return [];
      }
    }

    const desk = this.#desk;
    const triggers = await Promise.all([
      ofKind(
        "schedule",
        desk.schedules(request),
        ({ targets }) => areTargets(targets),
        ({ arn, name, expression, isEnabled, next }) => ({
          id: arn,
          name,
          says: expression,
          isEnabled,
          next: next[0],
        }),
      ),
      ofKind(
        "rule",
        desk.rules(request).then(({ rules }) => rules),
        ({ pattern, targets }) => pattern !== undefined && areTargets(targets),
        ({ arn, name, pattern = "", isEnabled }) => ({ id: arn, name, says: pattern, isEnabled }),
      ),
      ofKind(
        "pipe",
        desk.pipes(request),
        ({ target, enrichment }) => isTarget(target) || isTarget(enrichment),
        ({ arn, name, source, isRunning }) => ({
          id: arn,
          name,
          says: source,
          isEnabled: isRunning,
        }),
      ),
      ofKind(
        "route",
        desk.routes(request),
        ({ target }) => isTarget(target),
        ({ id, api, method, path }) => ({
          id,
          name: api,
          says: `${method} ${path}`,
          isEnabled: true,
        }),
      ),
    ]);
    return { triggers: triggers.flat(), hidden };
  }
}
