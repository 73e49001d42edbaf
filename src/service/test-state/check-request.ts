import { errors } from "../errors/errors.ts";
import type { InputOf } from "../model/service-model.ts";

type Request = InputOf<"TestState">;

/**
 * Refuses members of a request that contradict each other, whatever the definition is.
 *
 * Observed: the wordings of mock, revealSecrets and mapIterationFailureCount; our choice, after them: the others.
 */
export function checkRequest({ mock, revealSecrets, context, stateConfiguration }: Request): void {
  if (mock === undefined) {
    const given = { ...stateConfiguration, ...(context === undefined ? {} : { context }) };
    for (const name of Object.keys(given)) {
      const shown = name.charAt(0).toUpperCase() + name.slice(1);
      throw errors.validation(`TestState does not support ${shown} when a mock is not specified.`);
    }
    return;
  }
  if ((mock.result === undefined) === (mock.errorOutput === undefined)) {
    throw errors.validation(
      "A test mock should have only one of the following fields: [result, errorOutput].",
    );
  }
  if (revealSecrets === true) {
    throw errors.validation("TestState does not support RevealSecrets when a mock is specified.");
  }
}
