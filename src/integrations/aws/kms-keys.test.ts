import { expect, test } from "vitest";
import { KeyUnavailable } from "../../ports/key-provider.ts";
import { kmsKeyProvider } from "./kms-keys.ts";
import type { SdkClients, SdkCommand, SdkResponse } from "./sdk-clients.ts";

class Command {
  readonly input: { readonly [member: string]: unknown };

  constructor(input: unknown) {
    this.input = input as Command["input"];
  }
}

/** A client of KMS whose keys are the texts that it is given back: what `failure` names goes wrong. */
function clientsOf(failure?: string): Pick<SdkClients, "connect"> {
  const send = async (command: SdkCommand): Promise<SdkResponse> => {
    const { input } = command as unknown as Command;
    if (failure !== undefined) throw Object.assign(new Error("as asked"), { name: failure });
    const context = JSON.stringify(input["EncryptionContext"]);
    if (input["Plaintext"] !== undefined) {
      const plain = Buffer.from(input["Plaintext"] as Uint8Array).toString("hex");
      return { $metadata: {}, CiphertextBlob: Buffer.from(JSON.stringify([context, plain])) };
    }
    const blob = (input["CiphertextBlob"] as Buffer).toString();
    const [bound, plain] = JSON.parse(blob) as [string, string];
    if (bound !== context) {
      throw Object.assign(new Error("no"), { name: "InvalidCiphertextException" });
    }
    return { $metadata: {}, Plaintext: Buffer.from(plain, "hex") };
  };
  const module = { EncryptCommand: Command, DecryptCommand: Command };
  return {
    connect: async () =>
      ({ type: "connected", service: { client: { send }, errorPrefix: "Kms", module } }) as never,
  };
}

const context = { keyId: "k1", createdAt: "5" };

test("a key of KMS wraps data keys for one encryption context", async () => {
  const provider = kmsKeyProvider({ clients: clientsOf(), region: "eu-west-1", keyId: "alias/k" });
  const wrapped = await provider.wrap(Buffer.alloc(32, 1), context);
  expect(await provider.unwrap(wrapped, context)).toEqual(Buffer.alloc(32, 1));
  await expect(provider.unwrap(wrapped, { ...context, keyId: "k2" })).rejects.toMatchObject({
    problem: "wrong",
  });
});

test.each([
  ["AccessDeniedException", "denied"],
  ["DisabledException", "invalid"],
  ["NotFoundException", "invalid"],
  ["KMSInvalidStateException", "invalid"],
  ["ThrottlingException", "throttled"],
  ["TimeoutError", "unreachable"],
])("KMS's %s means that the key is %s", async (name, problem) => {
  const clients = clientsOf(name);
  const provider = kmsKeyProvider({ clients, region: "eu-west-1", keyId: "k" });
  const wrapping = provider.wrap(Buffer.alloc(32), context);
  await expect(wrapping).rejects.toThrow(KeyUnavailable);
  await expect(wrapping).rejects.toMatchObject({ problem });
});

test("a client of KMS that is not installed is asked for", async () => {
  const connect = async () =>
    ({ type: "notInstalled", packageName: "@aws-sdk/client-kms" }) as const;
  const provider = kmsKeyProvider({ clients: { connect }, region: "eu-west-1", keyId: "k" });
  await expect(provider.wrap(Buffer.alloc(32), context)).rejects.toThrow("stepwell add kms");
});
