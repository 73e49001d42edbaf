import { flagOf, textOf, textsOf } from "../../aws-services/members.ts";
import type { ServiceOperation } from "../../ports/service-api.ts";
import type { StackDesk } from "../desk/stack-desk.ts";
import { stackErrors } from "../desk/stack-errors.ts";
import { checkedName, requiredMember, stackOperation } from "./stack-operation.ts";
import { onFailureOf, refuseStackPolicy, wantedStack } from "./wanted-stack.ts";

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

    // A stack that was left as its failure left it is updated or deleted from there.
    RollbackStack: stackOperation("RollbackStack", () => {
      throw stackErrors.validation(
        "Stepwell does not roll back a stack that was to be left as its failure left it: update it to what it was, or delete it",
      );
    }),

    SetStackPolicy: stackOperation("SetStackPolicy", (members) => {
      refuseStackPolicy(members);
      return Promise.resolve({});
    }),
    GetStackPolicy: stackOperation("GetStackPolicy", () => Promise.resolve({})),
  };
}
