import { kmsKeyProvider } from "../../src/integrations/aws/kms-keys.ts";
import type {
  SdkClients,
  SdkCommand,
  SdkResponse,
} from "../../src/integrations/aws/sdk-clients.ts";
import type { CustomerKeyProviders } from "../../src/store/customer-keys/customer-key-ring.ts";

class Command {
  readonly input: { readonly [member: string]: unknown };

  constructor(input: unknown) {
    this.input = input as Command["input"];
  }
}

/** AWS KMS as far as it is asked: each key "encrypts" by keeping, and answers as its error says, if it has one. */
export interface FakeKms {
  readonly providerOf: CustomerKeyProviders;
  /** What a key answers instead, and with which words. */
  readonly errors: Map<string, { readonly name: string; readonly message: string }>;
  /** `encrypt KEY`, `decrypt KEY`. */
  readonly calls: string[];
}

export function fakeKms(): FakeKms {
  const errors: FakeKms["errors"] = new Map();
  const calls: string[] = [];
  const send = async (command: SdkCommand): Promise<SdkResponse> => {
    const { KeyId, EncryptionContext, Plaintext, CiphertextBlob } = (command as unknown as Command)
      .input;
    const keyId = KeyId as string;
    calls.push(`${Plaintext === undefined ? "decrypt" : "encrypt"} ${keyId}`);
    const error = errors.get(keyId);
    if (error !== undefined) throw Object.assign(new Error(error.message), { name: error.name });
    const bound = JSON.stringify([keyId, EncryptionContext]);
    if (Plaintext !== undefined) {
      const hex = Buffer.from(Plaintext as Uint8Array).toString("hex");
      return { $metadata: {}, CiphertextBlob: Buffer.from(JSON.stringify({ bound, hex })) };
    }
    const blob = JSON.parse(Buffer.from(CiphertextBlob as Uint8Array).toString()) as {
      readonly [member: string]: string;
    };
    if (blob["bound"] === bound) {
      return { $metadata: {}, Plaintext: Buffer.from(blob["hex"] ?? "", "hex") };
    }
    throw Object.assign(new Error("bound to something else"), { name: "IncorrectKeyException" });
  };
  const module = { EncryptCommand: Command, DecryptCommand: Command };
  const clients: Pick<SdkClients, "connect"> = {
    connect: async () =>
      ({ type: "connected", service: { client: { send }, errorPrefix: "Kms", module } }) as never,
  };
  return {
    errors,
    calls,
    providerOf: (keyId) => kmsKeyProvider({ clients, region: "us-east-1", keyId }),
  };
}

/** *Documented* and observed: how KMS answers for a key that is disabled, and the rest of what it may answer. */
export const kmsErrors = {
  disabled: { name: "DisabledException", message: "arn:aws:kms:us-east-1:1:key/k is disabled." },
  deleted: {
    name: "KMSInvalidStateException",
    message: "arn:aws:kms:us-east-1:1:key/k is pending deletion.",
  },
  denied: { name: "AccessDeniedException", message: "not authorized to perform: kms:Decrypt" },
  throttled: { name: "ThrottlingException", message: "Rate exceeded" },
  unreachable: { name: "TimeoutError", message: "no answer" },
} as const;
