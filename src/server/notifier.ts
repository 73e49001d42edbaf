import { parseResource } from "../asl/resources/parse-resource.ts";
import { Payload } from "../expression/payload.ts";
import type { JsonObject } from "../expression/json.ts";
import type { EngineOptions } from "../runtime/create-engine.ts";
import type { Notification, Notify } from "../telemetry/alarms/notification.ts";

/** Our choices: how long one attempt may take, and how often a webhook is asked. */
const attemptMs = 10_000;
const attempts = 3;

/**
 * Tells whoever alarms and alerts name: topics and mailboxes by the integrations that tasks use, so that a stand-in, AWS and the
 * configured mail server are the same ones; webhooks by a request of JSON.
 */
export function createNotifier(handlers: EngineOptions["handlers"], roleArn: string): Notify {
  async function call(resourceArn: string, parameters: JsonObject): Promise<void> {
    const { resource } = parseResource(resourceArn);
    if (resource === undefined || resource.kind === "activity") {
      throw new Error(`${resourceArn} cannot be called`);
    }
    const handler = handlers.find(resource);
    if (handler === undefined) throw new Error(`${resourceArn} cannot be called`);
    const outcome = await handler.run(
      {
        resource,
        parameters: Payload.ofValue(parameters),
        executionArn: "",
        stateMachineArn: "",
        stateName: "",
        taskId: 0,
        taskToken: "",
        timeoutSeconds: attemptMs / 1_000,
        credentialsRoleArn: undefined,
        roleArn,
      },
      { signal: AbortSignal.timeout(attemptMs), submitted: () => Promise.resolve() },
    );
    if (outcome.type === "failed") throw new Error(`${outcome.error}: ${outcome.cause ?? ""}`);
    if (outcome.type === "rejected") throw new Error(outcome.cause);
  }

  return async (target, notification) => {
    const { subject, text, document } = notification;
    if (target.startsWith("mailto:")) {
      const To = decodeURIComponent(target.slice("mailto:".length));
      await call("arn:stepwell:states:::mail", { To, Subject: subject, Text: text });
    } else if (target.startsWith("arn:")) {
      await call("arn:aws:states:::sns:publish", {
        TopicArn: target,
        // Documented: a subject has at most 100 characters.
        Subject: subject.slice(0, 100),
        Message: JSON.stringify(document),
      });
    } else await post(target, notification);
  };
}

async function post(url: string, { subject, text, document }: Notification): Promise<void> {
  const body = JSON.stringify({ subject, text, ...document });
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
      signal: AbortSignal.timeout(attemptMs),
    }).catch((error: unknown) => error as Error);
    if (!(answer instanceof Error)) {
      await answer.body?.cancel();
      if (answer.ok) return;
    }
    if (attempt === attempts) {
      throw answer instanceof Error ? answer : new Error(`${url} answered ${answer.status}`);
    }
  }
}
