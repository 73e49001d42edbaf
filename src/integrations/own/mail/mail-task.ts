import type { JsonObject } from "../../../expression/json.ts";
import { Payload } from "../../../expression/payload.ts";
import type { TaskHandler, TaskOutcome, TaskRequest } from "../../../ports/task-handler.ts";
import { createSecretMask } from "../../redaction/secret-mask.ts";
import type { IntegrationOptions } from "../../integration-options.ts";
import { invalidParameters, parametersRefusal } from "../../invalid-parameters.ts";
import { taskFailed } from "../../stand-ins/stand-in-answer.ts";
import type { ReferredUrls } from "../../references/referred-url.ts";
import { secretsOf } from "../../references/url-secrets.ts";
import { withLinks } from "./mail-links.ts";
import { type Mail, mailOf, mailProblems } from "./mail-parameters.ts";
import type { MailOutcome } from "./send-mail.ts";

/** Messages of nodemailer that say what failed before the server could answer. */
const connectionCodes = new Set([
  "ECONNECTION",
  "ECONNREFUSED",
  "ECONNRESET",
  "EDNS",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "ESOCKET",
  "ETIMEDOUT",
  "ETLS",
]);

/**
 * `arn:stepwell:states:::mail`: one mail over SMTP; with `.waitForTaskToken` it has links to the page on which its reader answers.
 *
 * *Our choices*, the errors: `Mail.InvalidParameterException` (what cannot be sent, before anything is),
 * `Mail.ConnectionException`, `Mail.AuthenticationException`, `Mail.TemporarySmtpException` (the server refused with 4xx: it may
 * take the mail later) and `Mail.SmtpException`.
 */
export function mailTask(
  {
    mail: configuration,
    urls,
    links,
    clock,
  }: Pick<IntegrationOptions, "mail" | "links" | "clock"> & { readonly urls: ReferredUrls },
  closing: AbortSignal,
): TaskHandler {
  return {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType === "stepwell" &&
      resource.action === "mail",
    refuseParameters: (_, parameters) =>
      parametersRefusal(parameters, mailProblems(parameters.value)),
    async run(request, { signal }) {
      const problems = mailProblems(request.parameters.value);
      if (problems.length > 0) return invalidParameters(request.parameters, problems);
      if (configuration === undefined) return taskFailed(notConfigured);
      const server = await urls.of(configuration.smtp);
      if ("problem" in server) {
        return taskFailed(`mail.smtp of the configuration: ${server.problem}.`);
      }
      const url = server.text;
      if (!/^smtps?:\/\//i.test(url) || !URL.canParse(url)) {
        return taskFailed(
          "mail.smtp of the configuration is no URL that begins with smtp:// or smtps://.",
        );
      }
      const mail = mailOf(request.parameters.value as JsonObject, configuration.from);
      if (typeof mail === "string") {
        return { type: "failed", error: "Mail.InvalidParameterException", cause: mail };
      }
      const complete = isAsking(request) ? await asking(mail, request) : mail;
      if ("type" in complete) return complete;
      // Loaded when it is used: a server that sends no mails starts without it.
      const { sendMail } = await import("./send-mail.ts");
      const sent = await sendMail(
        complete,
        { url },
        request.taskToken,
        AbortSignal.any([signal, closing]),
      );
      const mask = createSecretMask(secretsOf(url));
      return outcomeOf(sent, (text) => mask.text(text));
    },
  };

  /** The mail with its links, or why there are none. */
  async function asking(mail: Mail, request: TaskRequest): Promise<Mail | TaskOutcome> {
    const { executionArn, taskId, timeoutSeconds } = request;
    const due = timeoutSeconds === undefined ? undefined : clock.now() + timeoutSeconds * 1_000;
    const page = await links?.answerPage({ executionArn, taskId }, due);
    return page === undefined ? taskFailed(noPage) : withLinks(mail, page);
  }
}

const notConfigured =
  'The configuration has no mail: set mail to { "smtp": "smtps://user:password@host:465", "from": "…" }.';

const noPage =
  "The mail's links lead to the console, which is not served here: use stepwell start without --no-console, or send the mail without .waitForTaskToken.";

function isAsking({ resource }: TaskRequest): boolean {
  return resource.kind === "service" && resource.pattern === "waitForTaskToken";
}

function outcomeOf(outcome: MailOutcome, masked: (text: string) => string): TaskOutcome {
  switch (outcome.type) {
    case "aborted":
      return { type: "pending" };
    case "sent": {
      const { messageId, accepted, rejected, response } = outcome;
      const output = Payload.ofValue({
        MessageId: messageId,
        Accepted: accepted,
        Rejected: rejected,
        Response: masked(response),
      });
      return { type: "succeeded", output };
    }
    case "failed":
      return { type: "failed", error: errorOf(outcome), cause: masked(causeOf(outcome)) };
  }
}

function errorOf({ code, status }: MailOutcome & { type: "failed" }): string {
  if (code === "EAUTH" || code === "ENOAUTH") return "Mail.AuthenticationException";
  if (status === undefined && connectionCodes.has(code)) return "Mail.ConnectionException";
  return status !== undefined && status >= 400 && status < 500
    ? "Mail.TemporarySmtpException"
    : "Mail.SmtpException";
}

/** The address of the server is the configuration's, and is not told. */
function causeOf({ code, status, message }: MailOutcome & { type: "failed" }): string {
  if (status === undefined && connectionCodes.has(code)) {
    return `The mail server of the configuration could not be reached, or did not answer (${code}).`;
  }
  return message;
}
