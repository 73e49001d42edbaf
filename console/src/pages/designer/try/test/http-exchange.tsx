import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { JsonView } from "../../../../parts/json-view.tsx";
import { Folded } from "../../../../parts/folded.tsx";
import type { HttpMessage } from "./state-test-result.ts";

/** What an HTTP Task sent and got; what is secret was masked by the server. */
export function HttpExchange({
  request,
  response,
}: {
  readonly request: HttpMessage | undefined;
  readonly response: HttpMessage | undefined;
}) {
  const text = useDesignerText().trying.test;
  if (request === undefined && response === undefined) return null;
  return (
    <Folded title={text.exchange} isOpenAtFirst>
      <p className="mb-2 text-xs text-dim">{text.masked}</p>
      <div className="grid gap-3 xl:grid-cols-2">
        {request !== undefined && (
          <Message
            title={text.request}
            line={[request.method, request.url, request.protocol]}
            message={request}
          />
        )}
        {response !== undefined && (
          <Message
            title={text.response}
            line={[response.protocol, response.statusCode, response.statusMessage]}
            message={response}
          />
        )}
      </div>
    </Folded>
  );
}

function Message({
  title,
  line,
  message: { headers, body },
}: {
  readonly title: string;
  readonly line: readonly (string | undefined)[];
  readonly message: HttpMessage;
}) {
  const text = useDesignerText().trying.test;
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-1.5">
      <h4 className="text-xs font-semibold">{title}</h4>
      <code className="font-mono text-xs break-all">
        {line.filter((part) => part !== undefined).join(" ")}
      </code>
      {headers !== undefined && (
        <pre
          aria-label={text.headers}
          className="max-h-40 overflow-auto rounded-md bg-sunken px-2 py-1 font-mono text-xs whitespace-pre-wrap break-all text-dim"
        >
          {headerLines(headers)}
        </pre>
      )}
      {body !== undefined && body !== "" && <JsonView value={body} label={text.body} />}
    </section>
  );
}

/** `[name: value, name: value]`, a line for each; a value may have commas in it. */
function headerLines(headers: string): string {
  return headers.replace(/^\[|\]$/g, "").replaceAll(/, (?=[\w-]+: )/g, "\n");
}
