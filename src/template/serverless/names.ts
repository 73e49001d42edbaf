/** A name as a logical id begins with it. Documented: "Resources generated" of the Serverless Framework. */
export function normalized(name: string): string {
  const words = name.replaceAll("-", "Dash").replaceAll("_", "Underscore");
  return (words.charAt(0).toUpperCase() + words.slice(1)).replaceAll(/[^A-Za-z0-9]/g, "");
}

export function functionId(name: string): string {
  return `${normalized(name)}LambdaFunction`;
}

export function activityId(name: string): string {
  return `${normalized(name)}StepFunctionsActivity`;
}

/** Documented by serverless-step-functions: its own id or name if it has one, else the key with an ending. */
export function stateMachineId(key: string, own: string | undefined): string {
  return own === undefined ? `${normalized(key)}StepFunctionsStateMachine` : normalized(own);
}
