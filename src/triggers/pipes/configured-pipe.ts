import type { ArnScope } from "../../machine/arns.ts";
import { compileValidator } from "../../service/model/validate-input.ts";
import { pipeMembers } from "./api/pipe-members.ts";
import { PipeFailure } from "./pipe-source.ts";
import { type ConfiguredPipe, configuredPipe } from "./pipes-configuration.ts";

const text = { type: "string", required: true, min: 1, max: 1600 } as const;
const members = { ...pipeMembers, Source: text, Target: text };
const validate = compileValidator(members, { payloadBytes: Infinity });

/** Whether a value of the configuration is a pipe that can run. Throws what says why not. */
export function checkConfiguredPipe(value: object, scope: ArnScope): void {
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(members, name));
  if (unknown !== undefined) {
    throw new PipeFailure(`${unknown} is not known; there are: ${Object.keys(members).join(", ")}`);
  }
  configuredPipe("pipe", validate(value) as ConfiguredPipe, scope);
}
