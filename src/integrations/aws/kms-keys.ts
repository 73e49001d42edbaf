import {
  type KeyProblem,
  type KeyProvider,
  type KmsKeyState,
  KeyUnavailable,
} from "../../ports/key-provider.ts";
import type { SdkClients, SdkCommand } from "./sdk-clients.ts";
import { sdkOperation } from "./sdk-call.ts";

export interface KmsKeyOptions {
  readonly clients: Pick<SdkClients, "connect">;
  readonly region: string;
  /** An id, an ARN, or an alias. */
  readonly keyId: string;
}

/** Our choice: a start should not hang on a service that does not answer. */
const timeoutMs = 10_000;

/** A key of AWS KMS, or of what stands in for it: Encrypt and Decrypt with the context as encryption context. */
export function kmsKeyProvider({ clients, region, keyId }: KmsKeyOptions): KeyProvider {
  const name = `the KMS key ${keyId}`;

  async function call(
    operation: "encrypt" | "decrypt",
    input: { readonly [member: string]: unknown },
    result: string,
  ): Promise<Uint8Array> {
    const connection = await clients.connect("kms", region);
    if (connection.type === "notInstalled") {
      throw new KeyUnavailable(
        "unreachable",
        `${name} cannot be asked: its client is not installed (stepwell add kms).`,
      );
    }
    const found =
      connection.type === "connected"
        ? sdkOperation(connection.service.module, operation)
        : undefined;
    if (connection.type !== "connected" || found === undefined) {
      throw new KeyUnavailable(
        "unreachable",
        `${name} cannot be asked: no credentials are configured.`,
      );
    }
    const command: SdkCommand = new found.CommandClass({ KeyId: keyId, ...input });
    try {
      const { client } = connection.service;
      const response = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMs) });
      return response[result] as Uint8Array;
    } catch (error) {
      const { name: code, message } = error as Error;
      throw new KeyUnavailable(problems[code] ?? "unreachable", `${name}: ${code}: ${message}`, {
        cause: error,
        state: stateOf(code, message),
      });
    }
  }

  return {
    name,
    async wrap(bytes, context) {
      const sealed = await call(
        "encrypt",
        { Plaintext: bytes, EncryptionContext: context },
        "CiphertextBlob",
      );
      return Buffer.from(sealed).toString("base64");
    },
    unwrap: (wrapped, context) =>
      call(
        "decrypt",
        { CiphertextBlob: Buffer.from(wrapped, "base64"), EncryptionContext: context },
        "Plaintext",
      ),
  };
}

/** *Documented*: the errors of Encrypt and Decrypt. */
const problems: { readonly [code: string]: KeyProblem } = {
  AccessDeniedException: "denied",
  DisabledException: "invalid",
  KMSInvalidStateException: "invalid",
  NotFoundException: "invalid",
  KeyUnavailableException: "invalid",
  ThrottlingException: "throttled",
  LimitExceededException: "throttled",
  IncorrectKeyException: "wrong",
  InvalidCiphertextException: "wrong",
};

/** *Observed*: `arn:… is pending deletion.`; the code is the same for all states but one. */
function stateOf(code: string, message: string): KmsKeyState | undefined {
  if (code === "DisabledException") return "DISABLED";
  if (code !== "KMSInvalidStateException") return undefined;
  const [, state] =
    /is (pending deletion|pending import|creating|unavailable)/i.exec(message) ?? [];
  return state === undefined ? undefined : (state.toUpperCase().replace(" ", "_") as KmsKeyState);
}
