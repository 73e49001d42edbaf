import { flagOf, textOf, textsOf } from "../../aws-services/members.ts";
import type { ServiceOperation } from "../../ports/service-api.ts";
import type { StackDesk } from "../desk/stack-desk.ts";
import { stackErrors } from "../desk/stack-errors.ts";
import { checkedName, requiredMember, stackOperation } from "./stack-operation.ts";
import { onFailureOf, wantedStack } from "./wanted-stack.ts";

/** What changes stacks. */
export function changeOperations(desk: StackDesk): { readonly [name: string]: ServiceOperation } {
  return {
    CreateStack: stackOperation("CreateStack", async (members, request) => {
      const name = checkedName(requiredMember(members, "StackName"), "stackName");
      const wanted = await wantedStack(members, request, { desk });
      const StackId = await desk.create(name, wanted, {
        ...request,
        onFailure: onFailureOf(members),
        isProtected: flagOf(members, "EnableTerminationProtection"),
      });
      return { StackId };
    }),

    UpdateStack: stackOperation("UpdateStack", async (members, request) => {
      const name = requiredMember(members, "StackName");
      const { value: present } = await desk.updatable(name, request.caller);
      const wanted = await wantedStack(members, request, { desk, present });
      const onFailure = onFailureOf(members);
      return { StackId: await desk.update(name, wanted, { ...request, onFailure }) };
    }),

    DeleteStack: stackOperation("DeleteStack", async (members, request) => {
      const roleArn = textOf(members, "RoleARN");
      await desk.delete(requiredMember(members, "StackName"), {
        ...request,
        retained: textsOf(members, "RetainResources"),
        ...(roleArn !== undefined && { roleArn }),
      });
      return {};
    }),

    CancelUpdateStack: stackOperation("CancelUpdateStack", async (members, { caller }) => {
      await desk.cancelUpdate(requiredMember(members, "StackName"), caller);
      return {};
    }),

    ContinueUpdateRollback: stackOperation("ContinueUpdateRollback", async (members, request) => {
      const skipped = textsOf(members, "ResourcesToSkip");
      await desk.continueRollback(requiredMember(members, "StackName"), request, skipped);
      return {};
    }),

    UpdateTerminationProtection: stackOperation(
      "UpdateTerminationProtection",
      async (members, { caller }) => {
        const name = requiredMember(members, "StackName");
        const stored = await desk.stored(caller.region, name);
        if (stored === undefined) throw stackErrors.noStack(name);
        const { value, version } = stored;
        const isProtected = flagOf(members, "EnableTerminationProtection");
        if (!(await desk.tools.store.put({ ...value, isProtected }, version))) {
          throw stackErrors.raced(value.name);
        }
        return { StackId: value.stackId };
      },
    ),

    // *Documented*: a policy of a stack; nobody here is kept from changing a resource by one, so none is taken.
    SetStackPolicy: stackOperation("SetStackPolicy", (members) => {
      const body = textOf(members, "StackPolicyBody") ?? textOf(members, "StackPolicyURL");
      if (body === undefined) return Promise.resolve({});
      throw stackErrors.validation(
        "Stepwell has no policies of stacks: let IAM's policies say who may change what",
      );
    }),
    GetStackPolicy: stackOperation("GetStackPolicy", () => Promise.resolve({})),
  };
}
