import { CommandFailure, UsageError } from "../errors.ts";
import { ownerEndpoint } from "../owner-credentials.ts";
import { signedFetch } from "../signed-fetch.ts";

const usualEndpoint = "http://127.0.0.1:8083";
const versions = { iam: "2010-05-08", sts: "2011-06-15" } as const;

/** What an answer has in a member: texts, numbers and flags, lists and structures of them. */
export type Shown = string | number | boolean | readonly Shown[] | ShownStructure;
export interface ShownStructure {
  readonly [member: string]: Shown;
}

/** The text of a member that has one. */
export function textIn(structure: ShownStructure, member: string): string {
  const value = structure[member];
  return value === undefined || typeof value === "object" ? "" : String(value);
}

/** The members of an operation's input: texts, or lists of texts. */
export type IamInput = { readonly [member: string]: string | readonly string[] | undefined };

/** A server refused a call. */
export class IamRefusal extends CommandFailure {
  /** `NoSuchEntity`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${message} (${code})`);
    this.code = code;
  }
}

/** IAM and STS of a running server. */
export interface IamClient {
  readonly endpoint: string;
  call(service: "iam" | "sts", operation: string, input?: IamInput): Promise<ShownStructure>;
  /** All items of a listing, which is answered under `member`. */
  list(operation: string, member: string, input?: IamInput): Promise<readonly ShownStructure[]>;
}

/** `given` is the value of `--endpoint`; without it and the environment's, the server is the one over the data directory here. */
export async function openIamClient(given: string | undefined): Promise<IamClient> {
  const environment = process.env;
  const endpoint =
    given ??
    environment["AWS_ENDPOINT_URL_IAM"] ??
    environment["AWS_ENDPOINT_URL_SFN"] ??
    environment["AWS_ENDPOINT_URL"] ??
    (await ownerEndpoint()) ??
    usualEndpoint;
  if (!URL.canParse(endpoint)) throw new UsageError(`--endpoint '${endpoint}' is no address.`);
  const url = new URL("/", endpoint);

  async function call(
    service: "iam" | "sts",
    operation: string,
    input: IamInput = {},
  ): Promise<ShownStructure> {
    const body = formOf({ Action: operation, Version: versions[service], ...input });
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
    };
    const response = await signedFetch({ method: "POST", url, headers, body }, service).catch(
      (error: unknown) => {
        throw new CommandFailure(unanswered(endpoint, error), { cause: error });
      },
    );
    const answer = (await response.json().catch(() => undefined)) as ShownStructure | undefined;
    if (response.ok && answer !== undefined) return answer;
    const { __type } = answer ?? {};
    if (answer !== undefined && typeof __type === "string") {
      throw new IamRefusal(__type, textIn(answer, "message"));
    }
    throw new CommandFailure(`${endpoint} answered ${response.status}: is that a Stepwell?`);
  }

  return {
    endpoint,
    call,
    async list(operation, member, input = {}) {
      const items: ShownStructure[] = [];
      let marker = "";
      do {
        const page = await call("iam", operation, {
          ...input,
          ...(marker !== "" && { Marker: marker }),
        });
        items.push(...(page[member] as readonly ShownStructure[]));
        marker = textIn(page, "Marker");
      } while (marker !== "");
      return items;
    },
  };
}

function unanswered(endpoint: string, error: unknown): string {
  const { cause } = error as { readonly cause?: { readonly code?: unknown } };
  if (/CERT|SIGNED|SIGNATURE/.test(String(cause?.code))) {
    return `The certificate of ${endpoint} is not trusted here (${String(cause?.code)}). Name the file of its authority in NODE_EXTRA_CA_CERTS.`;
  }
  return `Nobody answers at ${endpoint}. Start a server with 'stepwell start', or name one with --endpoint URL.`;
}

function formOf(input: IamInput): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(input)) {
    if (typeof value === "string") form.append(name, value);
    else value?.forEach((one, index) => form.append(`${name}.member.${index + 1}`, one));
  }
  return form.toString();
}
