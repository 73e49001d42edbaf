import { setImmediate } from "node:timers/promises";
import type { EvaluationScope } from "../../../expression/evaluation.ts";
import { ownMember } from "../../../expression/json.ts";
import { createRandomSource } from "../../../expression/random.ts";
import { variablesInScope } from "../../../asl/variables/variables-in-scope.ts";
import type { ArnScope } from "../../../machine/arns.ts";
import type { Clock } from "../../../ports/clock.ts";
import { errors } from "../../../service/errors/errors.ts";
import type { RequestContext } from "../../../service/operation.ts";
import type { ConsoleAccess } from "../../access.ts";
import type { EvaluationAnswer, FieldResult, VariableScopeView } from "../../view-types.ts";
import { type ReadData, readEvaluation } from "./asked-fields.ts";
import { evaluateField } from "./evaluate-field.ts";
import { readScopeQuestion } from "./scope-question.ts";
import { sampleContext } from "./sample-context.ts";

/**
 * Our choice: how long the fields of one request are evaluated. One alone is bounded in steps, which take a few hundred
 * milliseconds at most.
 */
const longestMs = 1_000;

export interface ExpressionDeskParts {
  readonly access: Pick<ConsoleAccess, "may">;
  readonly scope: Pick<ArnScope, "region" | "accountId">;
  readonly clock: Pick<Clock, "now">;
}

/** Values of expressions for given data, by the functions that run them; nothing is called, and nothing is kept. */
export class ExpressionDesk {
  readonly #parts: ExpressionDeskParts;

  constructor(parts: ExpressionDeskParts) {
    this.#parts = parts;
  }

  /** Each field's value or error. Other work goes on between one field and the next. */
  async evaluate(asked: unknown, request: RequestContext): Promise<EvaluationAnswer> {
    const { access, clock } = this.#parts;
    await access.may("states:TestState", "*", request);
    const { fields, data } = readEvaluation(asked);
    const until = clock.now() + longestMs;
    const results: FieldResult[] = [];
    for (const field of fields) {
      if (clock.now() > until || request.signal?.aborted === true) {
        results.push({ id: field.id, isSkipped: true });
        continue;
      }
      results.push(evaluateField(field, data, this.#scopeOf(data)));
      await setImmediate();
    }
    return { results };
  }

  /** The variables that may have values where a state of a definition begins. */
  async scope(asked: unknown, request: RequestContext): Promise<VariableScopeView> {
    await this.#parts.access.may("states:ValidateStateMachineDefinition", "*", request);
    const { definition, state } = readScopeQuestion(asked);
    const variables = variablesInScope(definition, state);
    if (variables === undefined) throw errors.validation(`There is no state '${state}'`);
    return { variables };
  }

  /** The same seed each time: what is drawn stays the same while somebody types. */
  #scopeOf(data: ReadData): EvaluationScope {
    const { clock, scope } = this.#parts;
    const now = clock.now();
    return {
      context: data.context ?? sampleContext({ ...scope, now, input: data.input }),
      variables: { lookup: (name) => ownMember(data.variables, name) },
      random: createRandomSource("sample"),
      now,
    };
  }
}
