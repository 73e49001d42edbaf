import type { Mail } from "./mail-parameters.ts";

const placeholder = /\{\{\s*(link|approveLink|rejectLink)\s*\}\}/g;

/**
 * The mail with links to the page on which its reader answers: in place of `{{link}}`, `{{approveLink}}` and
 * `{{rejectLink}}`; where there are none of these, under the text.
 *
 * A link decides nothing by itself, since mail scanners open all of them (decision 25): the page begins with that answer.
 */
export function withLinks(mail: Mail, page: string): Mail {
  const links: { readonly [name: string]: string } = {
    link: page,
    approveLink: `${page}?decision=approve`,
    rejectLink: `${page}?decision=reject`,
  };
  const filled = (text: string): string =>
    text.replaceAll(placeholder, (_, name: string) => links[name] ?? "");
  const { text, html } = mail;
  const hasPlace = [text, html].some((one) => one !== undefined && one.search(placeholder) !== -1);
  if (hasPlace) {
    return { ...mail, text: text && filled(text), html: html && filled(html) };
  }
  const below = `Approve: ${links["approveLink"]}\nReject: ${links["rejectLink"]}\nOpen: ${page}\n`;
  return {
    ...mail,
    // Where there is only HTML, no text is added: its readers would see the text in its place.
    text: text === undefined && html !== undefined ? undefined : `${text ?? ""}\n\n${below}`,
    html:
      html &&
      `${html}<p><a href="${links["approveLink"]}">Approve</a> · <a href="${links["rejectLink"]}">Reject</a> · <a href="${page}">Open</a></p>`,
  };
}
