import type { Redactor } from "../../ports/redactor.ts";
import { filledUrl, type References } from "./filled-text.ts";
import { isSecretArn, type SecretReader } from "./secret-values.ts";
import { lastingSecretsOf } from "./url-secrets.ts";

/** Finds the URL that a text of the configuration stands for, with its password; or a sentence on why there is none. */
export interface ReferredUrls {
  of(text: string): Promise<{ readonly text: string } | { readonly problem: string }>;
}

/** A text that is a secret's ARN is the secret, which then is the whole URL; in others references are filled in. */
export function createReferredUrls(
  secrets: Pick<SecretReader, "of">,
  references: References,
  redactor: Pick<Redactor, "learn"> | undefined,
): ReferredUrls {
  async function urlOf(text: string): ReturnType<ReferredUrls["of"]> {
    if (!isSecretArn(text)) return filledUrl(text, references);
    const found = await secrets.of(text);
    return "problem" in found ? found : { text: found.value };
  }
  return {
    async of(text) {
      const url = await urlOf(text);
      // A file or a secret may have another password than at the start.
      if ("text" in url) redactor?.learn(lastingSecretsOf(url.text));
      return url;
    },
  };
}
