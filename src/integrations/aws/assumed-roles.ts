import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Redactor } from "../../ports/redactor.ts";
import { BoundedMap } from "../http/connections/bounded-map.ts";
import { sdkStyle } from "./member-names.ts";
import type { TaskRole } from "./task-role.ts";
import { callSdk, type SdkAnswer } from "./sdk-call.ts";
import type { SdkConnection } from "./sdk-clients.ts";
import { sdkV2Cause } from "./sdk-error.ts";
import type { AwsCredentials } from "./signature.ts";

/** What a call is made with. */
export type Assumed =
  | { readonly type: "assumed"; readonly credentials: AwsCredentials }
  /** There is no STS that could be asked: the configured credentials serve. */
  | { readonly type: "configured" }
  | { readonly type: "notAssumed"; readonly cause: string };

/** The credentials of roles. */
export interface AssumedRoles {
  /** `to` is whom the call goes to that they are for. */
  assume(
    role: TaskRole,
    region: string,
    to: "AWS" | "standIn" | "memory" | undefined,
  ): Promise<Assumed>;
}

export interface AssumedRolesOptions {
  /** STS, called with these credentials, or the configured ones. */
  readonly connect: (region: string, credentials?: AwsCredentials) => Promise<SdkConnection>;
  readonly clock: Pick<Clock, "now">;
  readonly logger: Logger;
  readonly redactor?: Redactor | undefined;
}

/** Credentials are not used when they end within this time. The AWS SDK's own margin. */
const marginMs = 5 * 60_000;
/** *Documented*: AssumeRole, DurationSeconds; what it is where nothing is said. Our choice if an answer does not say when they end. */
const usualMs = 3_600_000;
/** Our choices: roles whose credentials are kept, and how long an answer may take. */
const mostRoles = 1_000;
const timeoutMs = 30_000;
const noStsMs = 60_000;

interface Session {
  readonly credentials: AwsCredentials;
  readonly endsAt: number;
}

type Attempt =
  | { readonly type: "session"; readonly session: Session }
  | { readonly type: "noSts"; readonly because: string }
  | { readonly type: "notAssumed"; readonly cause: string };

/**
 * Assumes roles with STS, one after the other where a role is assumed from another. Credentials are kept until shortly before
 * they end, and asked for once at a time for each role: their session has the name of the execution that needed them first.
 *
 * *Our choices*: a stand-in's STS is asked for calls of stand-ins, and AWS's for calls of AWS; where there is no such STS, or a stand-in's
 * server knows no STS, the configured credentials serve, and the log says so once. AWS's STS that refuses or does not answer
 * fails the task: to call with other rights than the author's would be worse.
 */
export function createAssumedRoles({
  connect,
  clock,
  logger,
  redactor,
}: AssumedRolesOptions): AssumedRoles {
  const sessions = new BoundedMap<string, Session>(mostRoles);
  const asking = new Map<string, Promise<Attempt>>();
  /** Until when it is believed that nobody at a stand-in knows STS. */
  const noSts = new BoundedMap<string, { readonly attempt: Attempt; readonly until: number }>(
    mostRoles,
  );
  const told = new BoundedMap<string, true>(mostRoles);

  function sessionOf(key: string, ask: () => Promise<Attempt>): Promise<Attempt> {
    const known = sessions.get(key);
    if (known !== undefined && known.endsAt - marginMs > clock.now()) {
      return Promise.resolve({ type: "session", session: known });
    }
    const none = noSts.get(key);
    if (none !== undefined && none.until > clock.now()) return Promise.resolve(none.attempt);
    const underWay = asking.get(key);
    if (underWay !== undefined) return underWay;
    const asked = ask()
      .then((attempt) => {
        if (attempt.type === "session") {
          const { secretAccessKey, sessionToken = "" } = attempt.session.credentials;
          redactor?.learn([secretAccessKey, sessionToken]);
          sessions.set(key, attempt.session);
        }
        if (attempt.type === "noSts") noSts.set(key, { attempt, until: clock.now() + noStsMs });
        return attempt;
      })
      .finally(() => asking.delete(key));
    asking.set(key, asked);
    return asked;
  }

  return {
    async assume(role, region, to) {
      // Nobody is asked for credentials there.
      if (to === "memory") return { type: "configured" };
      const sts = await connect(region);
      const known = whoAnswers(sts, to);
      if ("because" in known) return configured(role, known.because);
      let credentials: AwsCredentials | undefined;
      let key = "";
      for (const roleArn of role.chain) {
        key += ` ${roleArn}`;
        const from = credentials;
        const attempt = await sessionOf(key.trim(), async () => {
          const connection = from === undefined ? sts : await connect(region, from);
          return assumeRole(connection, { role, roleArn, now: clock.now() });
        });
        if (attempt.type === "noSts") return configured(role, attempt.because);
        if (attempt.type === "notAssumed") return attempt;
        ({ credentials } = attempt.session);
      }
      return credentials === undefined ? { type: "configured" } : { type: "assumed", credentials };
    },
  };

  function configured(role: TaskRole, because: string): Assumed {
    const named = role.chain.at(-1) as string;
    if (told.get(named) === undefined) {
      told.set(named, true);
      logger.info(`the role ${named} is not assumed, the configured credentials serve: ${because}`);
    }
    return { type: "configured" };
  }
}

function whoAnswers(
  sts: SdkConnection,
  to: "AWS" | "standIn" | undefined,
): { readonly because: string } | { readonly to: "AWS" | "standIn" | undefined } {
  switch (sts.type) {
    case "notInstalled":
      return { because: `${sts.packageName} is not installed` };
    case "unconfigured":
      return { because: "there is no STS to ask" };
    case "connected":
      if (sts.to === to) return { to };
      return {
        because:
          to === "AWS"
            ? "the STS that is configured is a stand-in's, and the call goes to AWS"
            : "the call goes to a stand-in, and no STS of a stand-in is configured",
      };
  }
}

async function assumeRole(
  connection: SdkConnection,
  {
    role,
    roleArn,
    now,
  }: { readonly role: TaskRole; readonly roleArn: string; readonly now: number },
): Promise<Attempt> {
  if (connection.type !== "connected") return { type: "noSts", because: "there is no STS to ask" };
  const answer = await callSdk({
    service: connection.service,
    action: "assumeRole",
    parameters: { RoleArn: roleArn, RoleSessionName: role.sessionName },
    style: sdkStyle,
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (answer.type === "answered") {
    const session = sessionIn(answer.output, now);
    if (session !== undefined) return { type: "session", session };
  }
  const isDenied = answer.type === "refused" && answer.refusal.code.startsWith("AccessDenied");
  if (isDenied) return { type: "notAssumed", cause: deniedCause(role, roleArn) };
  const problem = problemOf(answer);
  return connection.to === "AWS"
    ? { type: "notAssumed", cause: `The role ${roleArn} could not be assumed: ${problem}` }
    : { type: "noSts", because: `the stand-in does not answer as STS does (${problem})` };
}

/** *Observed* for the role of `Credentials`; *our choice* of words for the machine's own. */
function deniedCause({ roleArn: own, chain }: TaskRole, roleArn: string): string {
  return roleArn === own && chain[0] === own
    ? `The state machine's role, ${own}, may not be assumed with the credentials of this server.`
    : `The role ${own} is not authorized to assume the task state's role, ${roleArn}.`;
}

function problemOf(answer: SdkAnswer): string {
  switch (answer.type) {
    case "refused":
      return sdkV2Cause(answer.refusal, "Sts");
    case "noAnswer":
      return answer.message;
    case "invalid":
      return answer.problems.join(", ");
    default:
      return "the answer has no credentials";
  }
}

function sessionIn({ Credentials }: JsonObject, now: number): Session | undefined {
  if (!isJsonObject(Credentials)) return undefined;
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials;
  if (typeof AccessKeyId !== "string" || typeof SecretAccessKey !== "string") return undefined;
  const endsAt = typeof Expiration === "string" ? Date.parse(Expiration) : Number.NaN;
  return {
    credentials: {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      ...(typeof SessionToken === "string" ? { sessionToken: SessionToken } : {}),
    },
    endsAt: Number.isNaN(endsAt) ? now + usualMs : endsAt,
  };
}
