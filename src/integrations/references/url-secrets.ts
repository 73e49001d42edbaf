/** The parts of a URL that nobody may see, as they stand in it and as they are sent. */
export function secretsOf(url: string): readonly string[] {
  if (!URL.canParse(url)) return [url];
  const { search } = new URL(url);
  const given = [...new URLSearchParams(search).values()].filter((one) => one !== "");
  return [url, ...passwordsOf(url), ...given.flatMap((one) => [one, decoded(one)])];
}

/** Names of parameters by which drivers of databases take secrets. */
const secretParameter = /pass|secret|token|sslkey/i;

/**
 * What of a URL is a secret wherever it is met: its password, in the spellings of SMTP's and HTTP's authorization, too. Less than
 * {@link secretsOf}, which serves a call of that URL alone: a parameter may be a word that all the world uses.
 *
 * *Our choice*: a password that is the user's name protects nothing, and `postgres` is a word of many rows.
 */
export function lastingSecretsOf(url: string): readonly string[] {
  if (!URL.canParse(url)) return [];
  const { username, password, searchParams } = new URL(url);
  const given = [...searchParams].flatMap(([name, value]) =>
    secretParameter.test(name) ? [value] : [],
  );
  return [...(password === username ? [] : passwordsOf(url)), ...given];
}

/** *Documented*: RFC 4616 (PLAIN) and RFC 7617 (Basic) put the user's name and the password into one text. */
function passwordsOf(url: string): readonly string[] {
  const { username, password } = new URL(url);
  if (password === "") return [];
  const [user, secret] = [decoded(username), decoded(password)];
  return [password, secret, `\0${user}\0${secret}`, `${user}:${secret}`];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
