import { variablesInScope } from "../../../asl/variables/variables-in-scope.ts";
import type { ArnScope } from "../../../machine/arns.ts";
import type { Clock } from "../../../ports/clock.ts";
import { errors } from "../../../service/errors/errors.ts";
import type { RequestContext } from "../../../service/operation.ts";
import type { ConsoleAccess } from "../../access.ts";
import type { EvaluationAnswer, VariableScopeView } from "../../view-types.ts";
import type { Evaluator } from "./evaluator.ts";
import { readScopeQuestion } from "./scope-question.ts";

export interface ExpressionDeskParts {
  readonly access: Pick<ConsoleAccess, "may">;
  readonly scope: Pick<ArnScope, "region" | "accountId">;
  readonly clock: Pick<Clock, "now">;
  readonly evaluator: Pick<Evaluator, "evaluate">;
}

/** Values of expressions for given data, by the functions that run them; nothing is called, and nothing is kept. */
export class ExpressionDesk {
  readonly #parts: ExpressionDeskParts;

  constructor(parts: ExpressionDeskParts) {
    this.#parts = parts;
  }

  /** Each field's value or error. */
  async evaluate(asked: unknown, request: RequestContext): Promise<EvaluationAnswer> {
    const { access, clock, scope, evaluator } = this.#parts;
    await access.may("states:TestState", "*", request);
    const { region, accountId } = request.caller ?? scope;
    const place = { region, accountId, now: clock.now() };
    return { results: await evaluator.evaluate(asked, place, request.signal) };
  }

  /** The variables that may have values where a state of a definition begins. */
  async scope(asked: unknown, request: RequestContext): Promise<VariableScopeView> {
    await this.#parts.access.may("states:ValidateStateMachineDefinition", "*", request);
    const { definition, state } = readScopeQuestion(asked);
    const variables = variablesInScope(definition, state);
    if (variables === undefined) throw errors.validation(`There is no state '${state}'`);
    return { variables };
  }
}
