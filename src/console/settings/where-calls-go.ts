import { calledServices } from "../../integrations/doctor/called-services.ts";
import { type AnsweringOptions, createWhoAnswers } from "../../integrations/doctor/who-answers.ts";
import type { CallTarget } from "../view-types.ts";

/** Our choice: how long an answer is believed; finding credentials can take seconds. */
const believedMs = 60_000;

/** Says for each service that tasks, Map Runs and logs call here who answers. */
export function whereCallsGo(options: AnsweringOptions): () => Promise<readonly CallTarget[]> {
  let known: Promise<readonly CallTarget[]> | undefined;
  return () => {
    if (known === undefined) {
      known = targets(options);
      setTimeout(() => (known = undefined), believedMs).unref();
    }
    return known;
  };
}

/** One after the other: credentials are looked for once, and the others wait for no one then. */
async function targets(options: AnsweringOptions): Promise<readonly CallTarget[]> {
  const whoAnswers = createWhoAnswers(options);
  const found: CallTarget[] = [];
  for (const { name, client, usedFor, otherwise } of calledServices()) {
    const { to, because } = await whoAnswers(client);
    found.push({ name, service: client, usedFor, otherwise, to, because });
  }
  return found;
}
