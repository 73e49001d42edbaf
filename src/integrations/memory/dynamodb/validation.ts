import { ServiceRefusal } from "../service-refusal.ts";

/** What DynamoDB says of a request that can never be carried out. */
export function invalid(message: string): ServiceRefusal {
  return new ServiceRefusal("ValidationException", message);
}

/** The beginning of many of its messages. */
export const invalidValues = "One or more parameter values were invalid: ";

/** What is not built here, said as a refusal so that a Catcher sees no other kind of error. *Our choice* of words. */
export function notBuilt(what: string): ServiceRefusal {
  return invalid(`The in-memory stand-in of DynamoDB does not know ${what}`);
}
