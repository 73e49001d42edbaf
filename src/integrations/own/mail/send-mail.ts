import { createHash } from "node:crypto";
import { createConnection, type Socket } from "node:net";
import { createTransport } from "nodemailer";
import type { Mail } from "./mail-parameters.ts";

/** Where mails go. */
export interface SmtpServer {
  /** `smtps://user:password@host:465`. */
  readonly url: string;
}

export type MailOutcome =
  | {
      readonly type: "sent";
      readonly messageId: string;
      readonly accepted: readonly string[];
      readonly rejected: readonly string[];
      readonly response: string;
    }
  /** `code` is nodemailer's, `status` that of the server's answer, if there is one. */
  | {
      readonly type: "failed";
      readonly code: string;
      readonly status: number | undefined;
      readonly message: string;
    }
  | { readonly type: "aborted" };

/** Our choices. Source of the last: RFC 5321, 4.5.3.2 gives a server minutes; who waits longer for a word has lost it. */
const timeouts = {
  dnsTimeout: 10_000,
  connectionTimeout: 15_000,
  greetingTimeout: 15_000,
  socketTimeout: 60_000,
};

/**
 * Sends one mail over a connection of its own, which is closed after it and on an abort. `id` names the mail: the same attempt
 * that is performed twice sends two mails with one Message-ID, which many mailboxes show once.
 */
export async function sendMail(
  mail: Mail,
  { url }: SmtpServer,
  id: string,
  signal: AbortSignal,
): Promise<MailOutcome> {
  const sockets = new Set<Socket>();
  const transport = createTransport({
    url,
    ...timeouts,
    ...(wantsTls(url) && { requireTLS: true }),
    // Whatever the texts say, nothing is read for them.
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket(options, callback) {
      const { host = "localhost", port, secure } = options as SocketOptions;
      const socket = createConnection({
        host,
        port: Number(port ?? (secure === true ? 465 : 587)),
        timeout: timeouts.connectionTimeout,
      });
      sockets.add(socket);
      const failed = (error: Error): void => callback(error);
      socket.once("error", failed);
      socket.once("timeout", () =>
        socket.destroy(Object.assign(new Error("Connection timeout"), { code: "ETIMEDOUT" })),
      );
      socket.once("connect", () => {
        socket.removeListener("error", failed);
        socket.removeAllListeners("timeout");
        socket.setTimeout(0);
        // What comes while nobody else listens is nobody's.
        socket.on("error", () => {});
        callback(null, { connection: socket });
      });
    },
  });
  const stop = (): void => {
    for (const socket of sockets) socket.destroy(new Error("aborted"));
  };
  signal.addEventListener("abort", stop);
  try {
    if (signal.aborted) return { type: "aborted" };
    const sent = await transport.sendMail({ ...messageOf(mail), messageId: messageIdOf(id, mail) });
    return {
      type: "sent",
      messageId: sent.messageId,
      accepted: addressTexts(sent.accepted),
      rejected: addressTexts(sent.rejected),
      response: sent.response,
    };
  } catch (thrown) {
    if (signal.aborted) return { type: "aborted" };
    const { code = "", responseCode, message, response } = thrown as SmtpError;
    return { type: "failed", code, status: responseCode, message: response ?? message };
  } finally {
    signal.removeEventListener("abort", stop);
    transport.close();
    for (const socket of sockets) socket.destroy();
  }
}

/** *Our choice*: a password goes to other machines over TLS only, unless the URL says `?ignoreTLS=true` or `?requireTLS=false`. */
function wantsTls(text: string): boolean {
  const { protocol, username, hostname, searchParams } = new URL(text);
  const isHere = hostname === "localhost" || hostname.startsWith("127.") || hostname === "[::1]";
  const says = searchParams.has("requireTLS") || searchParams.has("ignoreTLS");
  return protocol === "smtp:" && username !== "" && !isHere && !says;
}

interface SocketOptions {
  readonly host?: string;
  readonly port?: number | string;
  readonly secure?: boolean;
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

function messageOf({ from, to, cc, bcc, replyTo, subject, text, html }: Mail) {
  return {
    from,
    to: [...to],
    cc: [...cc],
    bcc: [...bcc],
    replyTo: [...replyTo],
    subject,
    ...((text !== undefined || html === undefined) && { text: text ?? "" }),
    ...(html !== undefined && { html }),
  };
}

function messageIdOf(id: string, { from }: Mail): string {
  const [, domain = "stepwell"] = /@([A-Za-z0-9.-]+)>?\s*$/.exec(from) ?? [];
  return `<${createHash("sha256").update(id).digest("hex").slice(0, 32)}@${domain}>`;
}

function addressTexts(
  addresses: readonly (string | { readonly address: string })[] = [],
): readonly string[] {
  return addresses.map((one) => (typeof one === "string" ? one : one.address));
}
