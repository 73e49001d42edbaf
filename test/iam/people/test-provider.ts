import { createHash, createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the provider's next token does not do as it should. */
export interface Faults {
  /** Instead of what the claims would be. */
  readonly claims?: { readonly [claim: string]: unknown };
  readonly algorithm?: "RS256" | "ES256" | "none" | "HS256";
  /** Signed with a key that nobody has published. */
  readonly isForged?: boolean;
  /** Groups are told by the userinfo endpoint only. */
  readonly isThin?: boolean;
}

/** A provider of OpenID Connect: as small as one can be, and as wrong as a test wants it. */
export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What its person is in. */
  groups: readonly string[];
  faults: Faults;
  /** Signs its person in: where the browser is sent back to. */
  authorize(url: string): string;
  close(): Promise<void>;
}

const clientId = "stepwell";
const clientSecret = "s3cret/with:signs";

export async function startProvider(): Promise<TestProvider> {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const unknown = generateKeyPairSync("rsa", { modulusLength: 2048 });
  /** The requests by their codes; each is good for once. */
  const codes = new Map<string, URLSearchParams>();
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const provider: TestProvider = {
    issuer,
    clientId,
    clientSecret,
    groups: ["operators"],
    faults: {},
    authorize(url) {
      const asked = new URL(url).searchParams;
      const code = `code-${codes.size}`;
      codes.set(code, asked);
      const back = new URL(asked.get("redirect_uri") ?? "");
      back.searchParams.set("code", code);
      back.searchParams.set("state", asked.get("state") ?? "");
      return back.href;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "", issuer);
    const body = await textOf(request);
    if (pathname === "/authorize") {
      // A browser that comes here is one whose person has signed in already.
      response.writeHead(302, {
        Location: provider.authorize(new URL(request.url ?? "", issuer).href),
      });
      response.end();
      return;
    }
    const answers: { readonly [path: string]: () => object | undefined } = {
      "/.well-known/openid-configuration": () => ({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/keys`,
        id_token_signing_alg_values_supported: ["RS256", "ES256", "HS256", "none"],
      }),
      "/keys": () => ({
        keys: [
          { ...rsa.publicKey.export({ format: "jwk" }), kid: "rsa", use: "sig", alg: "RS256" },
          { ...ec.publicKey.export({ format: "jwk" }), kid: "ec", use: "sig", alg: "ES256" },
        ],
      }),
      "/userinfo": () => ({ sub: "248289761001", groups: provider.groups }),
      "/token": () => tokenFor(request, new URLSearchParams(body)),
    };
    const answered = answers[pathname]?.();
    response.writeHead(answered === undefined ? 400 : 200, { "Content-Type": "application/json" });
    response.end(JSON.stringify(answered ?? { error: "invalid_grant" }));
  }

  function tokenFor(request: IncomingMessage, form: URLSearchParams): object | undefined {
    const asked = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    const verifier = form.get("code_verifier") ?? "";
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    const basic = `${clientId}:${encodeURIComponent(clientSecret)}`;
    const isClient =
      request.headers.authorization === `Basic ${Buffer.from(basic).toString("base64")}`;
    const isSame = form.get("redirect_uri") === asked?.get("redirect_uri");
    if (!isClient || !isSame || asked?.get("code_challenge") !== challenge) return undefined;
    const now = Math.floor(Date.now() / 1_000);
    return {
      access_token: "an-access-token",
      token_type: "Bearer",
      id_token: signed({
        iss: issuer,
        aud: clientId,
        sub: "248289761001",
        iat: now,
        exp: now + 300,
        nonce: asked.get("nonce"),
        email: "alice@example.com",
        ...(provider.faults.isThin !== true && { groups: provider.groups }),
        ...provider.faults.claims,
      }),
    };
  }

  function signed(claims: object): string {
    const { algorithm = "RS256", isForged = false } = provider.faults;
    const kid = algorithm === "ES256" ? "ec" : "rsa";
    const text = [{ alg: algorithm, kid }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    const key = (right: KeyObject) => (isForged ? unknown.privateKey : right);
    const signature = {
      RS256: () => sign("sha256", Buffer.from(text), key(rsa.privateKey)),
      ES256: () =>
        sign("sha256", Buffer.from(text), { key: ec.privateKey, dsaEncoding: "ieee-p1363" }),
      none: () => Buffer.alloc(0),
      // The public key, which everybody has, as a secret.
      HS256: () =>
        createHmac("sha256", rsa.publicKey.export({ format: "pem", type: "spki" }))
          .update(text)
          .digest(),
    }[algorithm]();
    return `${text}.${signature.toString("base64url")}`;
  }

  return provider;
}

function textOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => resolve(text));
  });
}
