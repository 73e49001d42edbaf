import type { JsonObject } from "../../expression/json.ts";
import type { ValueStyle } from "../aws/member-names.ts";
import type { ServiceAnswer, ServiceCall } from "../described/service-call.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import type { LookedAtJob } from "./job-description.ts";
import { mayPass } from "./passing-trouble.ts";

/** Looks at jobs of one kind. */
export interface JobLooks {
  look(key: JsonObject): Promise<ServiceAnswer>;
}

/** How long a look waits for others to go with it. Our choice: short beside the time between two looks. */
const gatherMs = 200;

/** No look is given up half-way: others may wait for the same answer. */
const never = new AbortController().signal;

/**
 * Looks that are wanted at about the same time go in one call, where the service has one for many jobs: ten thousand
 * waiting jobs cost two hundred calls at a time, not ten thousand.
 */
export function createJobLooks(
  { look, lookAtMany: many }: LookedAtJob,
  call: ServiceCall,
  style: ValueStyle,
  { clock }: Pick<IntegrationOptions, "clock">,
): JobLooks {
  interface Waiting {
    readonly key: JsonObject;
    readonly settle: (answer: Promise<ServiceAnswer>) => void;
  }
  interface Gathering {
    readonly waiting: Waiting[];
    readonly cancelFlush: () => void;
  }
  const gatherings = new Map<string, Gathering>();

  const lookAtOne = (key: JsonObject): Promise<ServiceAnswer> =>
    call({
      operation: look.operation,
      parameters: look.parameters?.(key) ?? key,
      style,
      signal: never,
    });

  async function lookAtAll(
    waiting: readonly Waiting[],
    { operation, parameters, described }: NonNullable<typeof many>,
  ): Promise<void> {
    const keys = waiting.map(({ key }) => key);
    const answer = await call({ operation, parameters: parameters(keys), style, signal: never });
    for (const { key, settle } of waiting) {
      const one = answer.type === "answered" ? described(answer.output, key) : undefined;
      if (answer.type === "answered" && one !== undefined) {
        settle(Promise.resolve({ ...answer, output: one }));
      } else {
        // One job that the service refuses to describe must not hide the others; trouble that passes is everybody's.
        settle(mayPass(answer) ? Promise.resolve(answer) : lookAtOne(key));
      }
    }
  }

  function flush(group: string): void {
    const { waiting = [], cancelFlush } = gatherings.get(group) ?? {};
    cancelFlush?.();
    gatherings.delete(group);
    const [first] = waiting;
    if (first === undefined || many === undefined) return;
    if (waiting.length === 1) {
      first.settle(lookAtOne(first.key));
      return;
    }
    lookAtAll(waiting, many).catch((thrown: unknown) => {
      for (const { settle } of waiting) settle(Promise.reject(thrown as Error));
    });
  }

  return {
    look(key) {
      if (many === undefined) return lookAtOne(key);
      const group = many.group?.(key) ?? "";
      return new Promise((resolve) => {
        const gathering = gatherings.get(group) ?? {
          waiting: [],
          cancelFlush: clock.schedule(clock.now() + gatherMs, () => flush(group)),
        };
        gatherings.set(group, gathering);
        gathering.waiting.push({ key, settle: resolve });
        if (gathering.waiting.length >= many.most) flush(group);
      });
    },
  };
}
