import { CommandFailure, UsageError } from "./errors.ts";
import { signedFetch } from "./signed-fetch.ts";

export const usualConsole = "http://127.0.0.1:8083/console";

/** The console that a command asks: that of `--console`, else as the environment, where commands find the server too, or a usual start has it. */
export function consoleAddress(given: string | undefined): string {
  const { STEPWELL_CONSOLE_URL, AWS_ENDPOINT_URL } = process.env;
  const beside = AWS_ENDPOINT_URL && `${AWS_ENDPOINT_URL.replace(/\/$/, "")}/console`;
  return given ?? STEPWELL_CONSOLE_URL ?? (beside || usualConsole);
}

/** Asks a running server's console for something, or tells it to do something, where there is a body. */
export async function ask(console: string, path: string, body?: unknown): Promise<unknown> {
  if (!URL.canParse(console)) throw new UsageError(`--console '${console}' is no address.`);
  const url = `${console.replace(/\/$/, "")}/api/${path}`;
  let response: Response;
  const request =
    body === undefined
      ? { method: "GET", url: new URL(url) }
      : {
          method: "POST",
          url: new URL(url),
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        };
  try {
    response = await signedFetch(request);
  } catch (error) {
    throw new CommandFailure(
      `Nobody answers at ${console}. Start a server with 'stepwell start', or name its console with --console URL.`,
      { cause: error },
    );
  }
  const answer = (await response.json().catch(() => undefined)) as
    { readonly message?: string } | undefined;
  if (response.ok && answer !== undefined) return answer;
  throw new CommandFailure(
    answer?.message ?? `${console} answered ${response.status}: is that a console?`,
  );
}
