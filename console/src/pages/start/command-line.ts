/** A word as a POSIX shell takes it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A line of the AWS CLI, an option on each line. */
export function awsLine(
  command: string,
  options: Readonly<Record<string, string | undefined>>,
): string {
  const given = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${shellWord(value)}`],
  );
  // Clients put a prefix before the host of this operation, which an address of one's own does not have.
  const setting =
    command === "start-sync-execution" ? "AWS_DISABLE_HOST_PREFIX_INJECTION=true " : "";
  return [`${setting}aws stepfunctions ${command}`, ...given].join(" \\\n  ");
}
