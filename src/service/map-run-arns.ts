/** The labelled state machine that a Map Run's children run: `…:stateMachine:MACHINE/LABEL`. */
export function machineOfMapRun(mapRunArn: string): string {
  const labelled = mapRunArn.slice(0, mapRunArn.lastIndexOf(":"));
  return labelled.replace(":mapRun:", ":stateMachine:");
}
