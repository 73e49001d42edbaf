/** What a workflow made of a starter is called: `askPerson` becomes `ask-person`. */
export function workflowNameOf(starterId: string): string {
  return starterId.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The first of `ask-person`, `ask-person-2`, … that no workflow has. */
export function freeNameOf(starterId: string, taken: ReadonlySet<string>): string {
  const name = workflowNameOf(starterId);
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}-${count}`;
  return free;
}
