import {
  anything,
  type Check,
  either,
  isNumber,
  isRecord,
  isString,
  isUrl,
  listOf,
  mapOf,
  objectOf,
  wrong,
} from "./config-checks.ts";

const command = either(isString, listOf(isString), "must be a text or a list of texts");

export const isCommand = objectOf({
  command,
  environment: mapOf(isString),
  timeoutSeconds: isNumber,
});

/** What a stand-in may say, by the member that says which one it is. */
const standIns: { readonly [kind: string]: Check } = {
  command: isCommand,
  container: objectOf({
    container: isString,
    environment: mapOf(isString),
    arguments: listOf(isString),
    timeoutSeconds: isNumber,
  }),
  function: objectOf({ function: isString }),
  http: objectOf({ http: isUrl, headers: mapOf(isString), timeoutSeconds: isNumber }),
  folder: objectOf({ folder: isString }),
  result: objectOf({ result: anything }),
};

/** One of `{ "command": … }`, `{ "container": … }` and so on. */
const isStandIn: Check = (value) => {
  const kinds = Object.keys(standIns);
  const named = isRecord(value) ? kinds.filter((kind) => Object.hasOwn(value, kind)) : [];
  if (named.length !== 1) return wrong(`must be an object with one of: ${kinds.join(", ")}`);
  return standIns[named[0] as string]?.(value);
};

export const isStandIns: Check = mapOf(isStandIn);
