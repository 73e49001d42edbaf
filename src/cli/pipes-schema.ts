import { scopeOf } from "../machine/arns.ts";
import { checkConfiguredPipe } from "../triggers/pipes/configured-pipe.ts";
import { type Check, isRecord, mapOf, wrong } from "./config-checks.ts";

const isPipe: Check = (value) => {
  if (!isRecord(value)) return wrong("must be an object");
  try {
    checkConfiguredPipe(value, scopeOf("us-east-1", "000000000000"));
    return undefined;
  } catch (error) {
    return wrong(`cannot run: ${(error as Error).message}`);
  }
};

export const isPipes: Check = (value) => {
  const unfit = isRecord(value) && Object.keys(value).find((name) => !/^[\w.-]{1,64}$/.test(name));
  return typeof unfit === "string"
    ? wrong(`has the name ${unfit}: 1 to 64 letters, digits, ., - and _`)
    : mapOf(isPipe)(value);
};
