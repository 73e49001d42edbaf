/**
 * Whether the header's value is a secret. *Our choice*, from what services document and what people write: precise rather than
 * complete, since what has such a name is hidden, and warned about.
 */
export function isSecretHeader(name: string): boolean {
  return secretHeader.test(name);
}

const secretHeader =
  /^(?:proxy-)?authorization$|^x-(?:[a-z0-9]+-)*(?:api-?key|token|secret)$|^api-?key$/i;
