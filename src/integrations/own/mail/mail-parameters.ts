import addressParser from "nodemailer/lib/addressparser";
import { stepwell } from "../../../asl/resources/integrations/stepwell.ts";
import {
  isJsonArray,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../../expression/json.ts";
import { parameterProblems } from "../../described/parameter-problems.ts";
import { invalidField } from "../../invalid-parameters.ts";

/** A mail as a task asks for it, checked. */
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly text: string | undefined;
  readonly html: string | undefined;
}

/** Source: RFC 5321, 4.5.3.1.8: a server takes at least so many. */
const mostRecipients = 100;

const addressFields = ["To", "Cc", "Bcc", "ReplyTo"];

/** What is wrong with the parameters whatever they say: not whom they name, which a definition computes. */
export function mailProblems(parameters: JsonValue): readonly string[] {
  const problems = parameterProblems(stepwell.mail.parameters, parameters);
  const given = parameters as JsonObject;
  const wrong = addressFields.filter((name) => textsOf(ownMember(given, name)) === undefined);
  return [...problems, ...wrong.map(invalidField)];
}

/** The mail, or a sentence on what cannot be sent. `from` is whom the configuration says that it is from. */
export function mailOf(given: JsonObject, from: string | undefined): Mail | string {
  const addresses = (name: string): readonly string[] => textsOf(ownMember(given, name)) ?? [];
  const text = (name: string): string | undefined => {
    const value = ownMember(given, name);
    if (value === undefined || value === null) return undefined;
    return typeof value === "string" ? value : JSON.stringify(value);
  };
  const sender = text("From") ?? from;
  if (sender === undefined) {
    return "The mail has no From, and the configuration no mail.from that would do instead.";
  }
  const mail: Mail = {
    from: sender,
    to: addresses("To"),
    cc: addresses("Cc"),
    bcc: addresses("Bcc"),
    replyTo: addresses("ReplyTo"),
    subject: text("Subject") ?? "",
    text: text("Text"),
    html: text("Html"),
  };
  return problemOf(mail) ?? mail;
}

function problemOf(mail: Mail): string | undefined {
  if (hasControl(mail.subject)) return "The Subject has a line break or another control character.";
  if (mail.to.length === 0) return "To names nobody.";
  const fields = { From: [mail.from], To: mail.to, Cc: mail.cc, Bcc: mail.bcc };
  for (const [name, texts] of Object.entries({ ...fields, ReplyTo: mail.replyTo })) {
    const wrong = texts.find((one) => !areAddresses(one));
    if (wrong !== undefined) return `${name} has '${shown(wrong)}', which is no mail address.`;
  }
  const recipients = [...mail.to, ...mail.cc, ...mail.bcc].flatMap(addressesIn);
  if (recipients.length > mostRecipients) {
    return `The mail has ${recipients.length} recipients; at most ${mostRecipients} are taken.`;
  }
  return addressesIn(mail.from).length === 1 ? undefined : "From names more than one.";
}

/**
 * Whether every address of the text is one. *Our choice*: no quoted local parts and no comments, which nobody has and
 * parsers disagree about; letters of all scripts (RFC 6531).
 */
function areAddresses(text: string): boolean {
  if (hasControl(text)) return false;
  const found = addressesIn(text);
  return found.length > 0 && found.every((address) => addressPattern.test(address));
}

/** Source of the lengths: RFC 5321, 4.5.3.1. */
const addressPattern = /^(?=.{1,254}$)[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()\\,;:"]+$/u;

function addressesIn(text: string): readonly string[] {
  return addressParser(text, { flatten: true }).map(({ address }) => address);
}

/** A line break would end the header, and begin another. */
function hasControl(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return /[\u0000-\u001f\u007f\u2028\u2029]/.test(text);
}

const longestShown = 100;

function shown(text: string): string {
  return text.replaceAll(/\p{C}/gu, "?").slice(0, longestShown);
}

/** A text, or a list of them; `undefined` for anything else. */
function textsOf(value: JsonValue | undefined): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return [value];
  if (!isJsonArray(value)) return undefined;
  const texts = value.filter((one) => typeof one === "string");
  return texts.length === value.length ? texts : undefined;
}
