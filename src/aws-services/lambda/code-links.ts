import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../ports/clock.ts";

/** Where the code of functions is fetched, on the endpoint. */
export const codePath = "/function-code/";

/** *Documented*: "The presigned URL … is valid for 10 minutes". */
const validMs = 10 * 60_000;

/** Addresses under which the code of a function can be fetched for a while by whoever has them. Nothing is stored for them. */
export class CodeLinks {
  readonly #key: Promise<Buffer>;
  readonly #endpointUrl: () => string | undefined;
  readonly #clock: Pick<Clock, "now">;

  constructor(
    secret: Promise<string>,
    endpointUrl: () => string | undefined,
    clock: Pick<Clock, "now">,
  ) {
    this.#key = secret.then((text) =>
      createHmac("sha256", Buffer.from(text, "base64")).update("function code").digest(),
    );
    // Whoever asks first is told that there is no secret.
    this.#key.catch(() => {});
    this.#endpointUrl = endpointUrl;
    this.#clock = clock;
  }

  /** `codeSha256` is in base64. `undefined`: nobody listens. */
  async url(codeSha256: string): Promise<string | undefined> {
    const base = this.#endpointUrl();
    if (base === undefined) return undefined;
    const about = `${Buffer.from(codeSha256, "base64").toString("hex")}.${this.#clock.now() + validMs}`;
    return `${base}${codePath}${about}.${(await this.#seal(about)).toString("hex")}`;
  }

  /** The checksum that the last part of an address names; `undefined`: it was not made here, or is too old. */
  async open(sealed: string): Promise<string | undefined> {
    const [, about, hash = "", until, seal = ""] =
      /^(([0-9a-f]{64})\.(\d{1,16}))\.([0-9a-f]{64})$/.exec(sealed) ?? [];
    if (about === undefined || Number(until) < this.#clock.now()) return undefined;
    const isOurs = timingSafeEqual(Buffer.from(seal, "hex"), await this.#seal(about));
    return isOurs ? Buffer.from(hash, "hex").toString("base64") : undefined;
  }

  async #seal(about: string): Promise<Buffer> {
    return createHmac("sha256", await this.#key)
      .update(about)
      .digest();
  }
}
