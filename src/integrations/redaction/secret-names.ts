/**
 * Names of headers and variables whose values are secrets. *Our choice*, from what services document and what people write: precise
 * rather than complete, since what has one of these names is hidden, and warned about.
 */
const headers =
  /^(?:proxy-)?authorization$|^x-(?:[a-z0-9]+-)*(?:api-?key|token|secret)$|^api-?key$/i;
const variables =
  /(?:^|_)(?:PASSWORD|PASSWD|SECRET|SECRET_KEY|SECRET_ACCESS_KEY|TOKEN|API_KEY|PRIVATE_KEY)$/i;

export function isSecretHeader(name: string): boolean {
  return headers.test(name);
}

export function isSecretVariable(name: string): boolean {
  return variables.test(name);
}
