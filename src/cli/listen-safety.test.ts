import { expect, test } from "vitest";
import { checkListening } from "./listen-safety.ts";

const open = {
  mode: "open",
  workflowRoles: "ignore",
  clockSkewSeconds: 300,
  folder: undefined,
  oidc: undefined,
  links: "open",
} as const;
const required = { ...open, mode: "required" } as const;
const tls = { certFile: "cert.pem", keyFile: "key.pem" };
const usual = { auth: open, tls: undefined, insecureListen: false };

test.each(["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "localhost"])(
  "%s is of this machine and may be open",
  async (host) => {
    await expect(checkListening({ ...usual, host })).resolves.toBeUndefined();
  },
);

test.each(["0.0.0.0", "::", "192.0.2.7", "2001:db8::1", "0.0.0.1"])(
  "%s wants TLS and signatures, or somebody who says that it does not",
  async (host) => {
    const refused = (settings: object, why: RegExp) =>
      expect(checkListening({ ...usual, host, ...settings })).rejects.toThrow(why);
    await refused({}, /without TLS and without asking who calls\./);
    await refused({ tls }, /reach, without asking who calls\.[^]*--auth required/);
    await refused({ auth: required }, /reach, without TLS\.[^]*--tls-cert FILE --tls-key FILE/);
    for (const settings of [{ tls, auth: required }, { insecureListen: true }]) {
      await expect(checkListening({ ...usual, host, ...settings })).resolves.toBeUndefined();
    }
  },
);
