import { useWorkflows } from "../workflows/use-workflows.ts";

/** The workflows, as a field offers them. */
export function useWorkflowChoices(): readonly {
  readonly value: string;
  readonly label: string;
}[] {
  const workflows = useWorkflows();
  return (workflows.data ?? []).map(({ stateMachineArn, name }) => ({
    value: stateMachineArn,
    label: name,
  }));
}
