import { errors } from "./errors/errors.ts";

/**
 * What a name must not contain: white space, brackets, wildcards, special and control characters.
 *
 * Documented: API reference, CreateStateMachine `name`; observed: `:` and `/` too.
 */
const forbidden =
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f\ufffe\uffff\ud800-\udfff]/;

/** Refuses a name of a state machine, execution or activity that the service refuses. */
export function checkName(name: string): void {
  if (forbidden.test(name)) throw errors.invalidName(name);
}
