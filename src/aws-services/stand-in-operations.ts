import type { MemoryOperations } from "../integrations/memory/memory-operation.ts";
import { ServiceRefusal } from "../integrations/memory/service-refusal.ts";
import type { JsonObject } from "../expression/json.ts";
import type { Access } from "../ports/authorizer.ts";
import type { Caller } from "../ports/caller.ts";
import { ServiceError, type ServiceMembers, type ServiceOperation } from "../ports/service-api.ts";

export interface StandIn {
  /** The operations in a Region, as the AWS SDK's client of the service would call them. */
  readonly operationsIn: (region: string) => MemoryOperations;
  /** What an operation is asked about. */
  readonly accessOf: (operation: string, members: JsonObject, caller: Caller) => Access;
  /** The input as the SDK's client would give it. */
  readonly inputOf?: (members: JsonObject) => unknown;
  /** The answer as its protocol has it. */
  readonly answerOf?: (operation: string, answer: ServiceMembers) => ServiceMembers;
}

/** The operations of a stand-in of this process as those of a service's API. */
export function standInOperations(
  names: readonly string[],
  { operationsIn, accessOf, inputOf, answerOf }: StandIn,
): { readonly [name: string]: ServiceOperation } {
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        prepare({ members }, { caller, signal }) {
          return {
            access: [accessOf(name, members, caller)],
            async perform() {
              const operation = operationsIn(caller.region)[name];
              const input = (inputOf?.(members) ?? members) as never;
              try {
                const answer = (await operation?.(input, { signal })) as ServiceMembers;
                return { members: answerOf?.(name, answer) ?? answer };
              } catch (error) {
                if (!(error instanceof ServiceRefusal)) throw error;
                const { code, shownCode = code, message, statusCode } = error;
                throw new ServiceError(shownCode, message, statusCode);
              }
            },
          };
        },
      } satisfies ServiceOperation,
    ]),
  );
}

/** Why there are no operations, where no stand-in is on. */
export function standInOff(service: string): string {
  return `Stepwell answers ${service} with its stand-in only, which is off: start the server with --stand-ins memory, or ask ${service} itself`;
}
