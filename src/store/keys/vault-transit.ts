import {
  type KeyContext,
  type KeyProblem,
  type KeyProvider,
  KeyUnavailable,
} from "../../ports/key-provider.ts";
import { contextBytes } from "./wrapping.ts";

export interface VaultTransitOptions {
  /** `https://vault.example.com:8200` */
  readonly address: string;
  /** The name of the key in the transit engine. */
  readonly key: string;
  /** Where the engine is mounted; absent: `transit`. */
  readonly mount?: string;
  /** Read anew for each call: tokens are renewed. */
  readonly token: () => string;
}

/** Our choice: a start should not hang on a server that does not answer. */
const timeoutMs = 10_000;

/** The transit engine of HashiCorp's Vault or OpenBao. *Documented*: encrypt and decrypt data, `associated_data`. */
export function vaultTransitProvider(options: VaultTransitOptions): KeyProvider {
  const { address, key, mount = "transit" } = options;
  const name = `the key ${key} of Vault at ${address}`;

  async function call(
    action: "encrypt" | "decrypt",
    input: { readonly [member: string]: string },
    context: KeyContext,
  ): Promise<{ readonly [member: string]: unknown }> {
    const url = `${address.replace(/\/+$/, "")}/v1/${mount}/${action}/${encodeURIComponent(key)}`;
    let response: Response;
    try {
      response = await fetch(url, {
        method: "POST",
        headers: { "X-Vault-Token": options.token(), "Content-Type": "application/json" },
        body: JSON.stringify({
          ...input,
          associated_data: contextBytes(context).toString("base64"),
        }),
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch (error) {
      throw new KeyUnavailable("unreachable", `${name} cannot be reached: ${reasonOf(error)}`, {
        cause: error,
      });
    }
    const answer = (await response.json().catch(() => ({}))) as VaultAnswer;
    if (response.ok) return answer.data ?? {};
    throw new KeyUnavailable(
      problemOf(response.status, action),
      `${name} answered ${response.status}: ${answer.errors?.join("; ") ?? response.statusText}`,
    );
  }

  return {
    name,
    async wrap(bytes, context) {
      const plaintext = Buffer.from(bytes).toString("base64");
      return textIn(await call("encrypt", { plaintext }, context), "ciphertext", name);
    },
    async unwrap(wrapped, context) {
      const data = await call("decrypt", { ciphertext: wrapped }, context);
      return Buffer.from(textIn(data, "plaintext", name), "base64");
    },
  };
}

interface VaultAnswer {
  readonly data?: { readonly [member: string]: unknown };
  readonly errors?: readonly string[];
}

function textIn(
  data: { readonly [member: string]: unknown },
  member: string,
  name: string,
): string {
  const value = data[member];
  if (typeof value === "string") return value;
  throw new KeyUnavailable("unreachable", `${name} answered without ${member}.`);
}

function problemOf(status: number, action: "encrypt" | "decrypt"): KeyProblem {
  if (status === 403) return "denied";
  if (status === 404) return "invalid";
  if (status === 429) return "throttled";
  // What does not decrypt is a bad request.
  return status === 400 && action === "decrypt" ? "wrong" : "unreachable";
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
