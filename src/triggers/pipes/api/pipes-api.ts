import type { Access } from "../../../ports/authorizer.ts";
import type { Clock } from "../../../ports/clock.ts";
import {
  type ServiceApi,
  type ServiceCall,
  ServiceError,
  type ServiceMembers,
} from "../../../ports/service-api.ts";
import { InvalidEventPattern } from "../../../eventing/pattern/invalid-event-pattern.ts";
import { awsOperation } from "../../api/aws-operation.ts";
import { pageOf, usualLimit } from "../../api/page-of.ts";
import { passingRole } from "../../api/pass-role.ts";
import { pipeArn, type PipeBook } from "../pipe-book.ts";
import type { PipeRecord } from "../pipe-record.ts";
import { PipeFailure } from "../pipe-source.ts";
import { checkPipe } from "../pipes-configuration.ts";
import { pipeMembers, pipeName, tags } from "./pipe-members.ts";

export interface PipesContext {
  readonly book: PipeBook;
  readonly clock: Pick<Clock, "now">;
  /** Those of the configuration, which nobody changes. */
  readonly own: readonly PipeRecord[];
  /** Makes what runs be what is to run. */
  readonly changed: () => Promise<void>;
}

/** EventBridge Pipes. */
export function pipesApi(context: PipesContext): ServiceApi {
  const { book, clock, own, changed } = context;

  async function found(arn: string): Promise<PipeRecord> {
    const configured = own.find((pipe) => pipe.Arn === arn);
    return configured ?? (await book.pipe(arn)) ?? missing(arn);
  }

  async function change(
    name: string,
    call: ServiceCall,
    changes: (before: PipeRecord | undefined) => PipeRecord | undefined,
  ): Promise<PipeRecord | undefined> {
    const arn = pipeArn(call.caller, name);
    if (own.some((pipe) => pipe.Arn === arn)) {
      throw new ServiceError(
        "ConflictException",
        `Pipe ${name} is one of the server's configuration`,
        409,
      );
    }
    const after = await book.change(arn, changes);
    await changed();
    return after;
  }

  const updated =
    (arn: string, more: Partial<PipeRecord>) =>
    (before: PipeRecord | undefined): PipeRecord => {
      const after = { ...(before ?? missing(arn)), ...more, LastModifiedTime: clock.now() };
      refusing(() => checkPipe(after));
      return after;
    };

  /** *Our choice*: a pipe is at once what it is to be. */
  const switching = (verb: "start" | "stop", DesiredState: PipeRecord["DesiredState"]) =>
    awsOperation({
      http: { method: "POST", path: `/v1/pipes/{Name}/${verb}` },
      input: { Name: pipeName },
      access: ({ Name }, call) => [access(verb === "start" ? "StartPipe" : "StopPipe", Name, call)],
      perform: async ({ Name }, call) =>
        summary(
          (await change(Name, call, updated(pipeArn(call.caller, Name), { DesiredState }))) ??
            missing(Name),
        ),
    });

  return {
    signingName: "pipes",
    protocol: { type: "rest-json" },
    operations: {
      CreatePipe: awsOperation({
        http: { method: "POST", path: "/v1/pipes/{Name}" },
        input: {
          Name: pipeName,
          ...pipeMembers,
          Source: { type: "string", required: true, min: 1, max: 1600 },
          Target: { type: "string", required: true, min: 1, max: 1600 },
          RoleArn: { type: "string", required: true, min: 1, max: 1600 },
          Tags: tags,
        },
        access: ({ Name, RoleArn }, call) => [
          access("CreatePipe", Name, call),
          ...passingRole(RoleArn, "pipes.amazonaws.com"),
        ],
        async perform({ DesiredState = "RUNNING", Tags = {}, ...given }, call) {
          const now = clock.now();
          const Arn = pipeArn(call.caller, given.Name);
          const times = { CreationTime: now, LastModifiedTime: now };
          const record = { ...given, Arn, DesiredState, Tags, ...times } as PipeRecord;
          refusing(() => checkPipe(record));
          await change(given.Name, call, (before) => {
            if (before === undefined) return record;
            throw new ServiceError("ConflictException", `Pipe ${given.Name} already exists.`, 409);
          });
          return summary(record);
        },
      }),
      DescribePipe: awsOperation({
        http: { method: "GET", path: "/v1/pipes/{Name}" },
        input: { Name: pipeName },
        access: ({ Name }, call) => [access("DescribePipe", Name, call)],
        async perform({ Name }, call) {
          const pipe = await found(pipeArn(call.caller, Name));
          const { CreationTime: _, LastModifiedTime: __, ...members } = pipe;
          return {
            ...(members as unknown as ServiceMembers),
            ...summary(pipe),
            StateReason: await book.problem(pipe.Arn),
          };
        },
      }),
      UpdatePipe: awsOperation({
        http: { method: "PUT", path: "/v1/pipes/{Name}" },
        input: { Name: pipeName, ...pipeMembers },
        access: ({ Name, RoleArn }, call) => [
          access("UpdatePipe", Name, call),
          ...passingRole(RoleArn, "pipes.amazonaws.com"),
        ],
        async perform({ Name, ...given }, call) {
          const changes = updated(pipeArn(call.caller, Name), given as Partial<PipeRecord>);
          return summary((await change(Name, call, changes)) ?? missing(Name));
        },
      }),
      DeletePipe: awsOperation({
        http: { method: "DELETE", path: "/v1/pipes/{Name}" },
        input: { Name: pipeName },
        access: ({ Name }, call) => [access("DeletePipe", Name, call)],
        async perform({ Name }, call) {
          const arn = pipeArn(call.caller, Name);
          const pipe = await found(arn);
          await change(Name, call, () => undefined);
          await book.report(arn, undefined);
          return { ...summary(pipe), CurrentState: "DELETING", DesiredState: "DELETED" };
        },
      }),
      StartPipe: switching("start", "RUNNING"),
      StopPipe: switching("stop", "STOPPED"),
      ListPipes: awsOperation({
        http: {
          method: "GET",
          path: "/v1/pipes",
          query: {
            NamePrefix: "NamePrefix",
            SourcePrefix: "SourcePrefix",
            TargetPrefix: "TargetPrefix",
            DesiredState: "DesiredState",
            Limit: "Limit",
            NextToken: "NextToken",
          },
        },
        input: {
          NamePrefix: { type: "string" },
          SourcePrefix: { type: "string" },
          TargetPrefix: { type: "string" },
          DesiredState: { type: "string" },
          Limit: { type: "string", pattern: /^\d{1,3}$/ },
          NextToken: { type: "string" },
        },
        access: (_, call) => [{ action: "pipes:ListPipes", resource: pipeArn(call.caller, "*") }],
        async perform({ NamePrefix = "", SourcePrefix = "", TargetPrefix = "", ...more }, call) {
          const { DesiredState, Limit = String(usualLimit), NextToken: token } = more;
          const scope = pipeArn(call.caller, "");
          const pipes = [...(await book.all(scope)), ...own]
            .filter(
              (pipe) =>
                pipe.Arn.startsWith(scope) &&
                pipe.Name.startsWith(NamePrefix) &&
                pipe.Source.startsWith(SourcePrefix) &&
                pipe.Target.startsWith(TargetPrefix) &&
                (DesiredState === undefined || pipe.DesiredState === DesiredState),
            )
            .sort((one, other) => (one.Name < other.Name ? -1 : 1));
          const page = pageOf(pipes, ({ Name }) => Name, { limit: Number(Limit), token });
          return {
            Pipes: page.items.map(({ Source, Target, Enrichment, ...pipe }) => ({
              ...summary({ ...pipe, Source, Target }),
              Source,
              Target,
              Enrichment,
            })),
            NextToken: page.next,
          };
        },
      }),
    },
  };
}

function access(operation: string, name: string, { caller }: ServiceCall): Access {
  return { action: `pipes:${operation}`, resource: pipeArn(caller, name) };
}

function summary(pipe: PipeRecord): ServiceMembers {
  return {
    Arn: pipe.Arn,
    Name: pipe.Name,
    DesiredState: pipe.DesiredState,
    CurrentState: pipe.DesiredState,
    CreationTime: new Date(pipe.CreationTime),
    LastModifiedTime: new Date(pipe.LastModifiedTime),
  };
}

function missing(arn: string): never {
  throw new ServiceError("NotFoundException", `Pipe ${arn.split("/").at(-1)} does not exist.`, 404);
}

function refusing(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof PipeFailure) && !(error instanceof InvalidEventPattern)) throw error;
    throw new ServiceError("ValidationException", error.message);
  }
}
