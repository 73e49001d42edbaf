import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { RouteView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { Field, inputLook, Problem } from "../../parts/field.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { shellWord } from "../start/command-line.ts";
import { filledPath, pathMembers } from "./route-path.ts";

interface Answer {
  readonly status: string;
  readonly body: string;
  readonly durationMs: number;
}

/** A request to a route: typed here, sent from here, and as a line of curl. */
export function TryRoute({ route }: { readonly route: RouteView }) {
  const { route: text } = useAroundText().triggers;
  const format = useFormat();
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  const [members, setMembers] = useState<Readonly<Record<string, string>>>({});
  const [query, setQuery] = useState("");
  const [key, setKey] = useState("");
  const [body, setBody] = useState("{}");
  const isFilled = pathMembers(route.path).every((name) => (members[name] ?? "") !== "");
  const method = route.method === "ANY" ? "POST" : route.method;
  const hasBody = method !== "GET" && method !== "HEAD";
  const address =
    filledPath(route.path, members) + (query === "" ? "" : `?${query.replace(/^\?/, "")}`);

  const send = useMutation({
    async mutationFn(): Promise<Answer> {
      const begun = performance.now();
      const response = await fetch(address, {
        method,
        credentials: "omit",
        headers: {
          ...(hasBody && { "Content-Type": "application/json" }),
          ...(key !== "" && { "x-api-key": key }),
        },
        ...(hasBody && { body }),
      });
      return {
        status: `${response.status} ${response.statusText}`.trim(),
        body: await response.text(),
        durationMs: performance.now() - begun,
      };
    },
  });
  const curl = [
    `curl ${method === "GET" ? "" : `-X ${method} `}${shellWord((session.data?.endpoint ?? "") + address)}`,
    ...(key === "" ? [] : [`-H ${shellWord(`x-api-key: ${key}`)}`]),
    ...(hasBody
      ? [`-H ${shellWord("Content-Type: application/json")}`, `-d ${shellWord(body)}`]
      : []),
  ].join(" \\\n  ");
  const input = {
    autoComplete: "off",
    spellCheck: false,
    className: `${inputLook} h-8 font-mono text-xs!`,
  };
  return (
    <form
      noValidate
      className="grid items-start gap-4 rounded-lg border border-line bg-surface p-4 lg:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (isFilled) send.mutate();
      }}
    >
      <div className="flex min-w-0 flex-col gap-3">
        {pathMembers(route.path).map((name) => (
          <Field key={name} label={text.placeholder(name)}>
            {(ids) => (
              <input
                {...ids}
                {...input}
                value={members[name] ?? ""}
                onChange={({ target }) => setMembers({ ...members, [name]: target.value })}
              />
            )}
          </Field>
        ))}
        <Field label={text.query}>
          {(ids) => (
            <input
              {...ids}
              {...input}
              value={query}
              onChange={({ target }) => setQuery(target.value)}
            />
          )}
        </Field>
        {route.apiKeyRequired && (
          <Field label={text.key}>
            {(ids) => (
              <input
                {...ids}
                {...input}
                value={key}
                onChange={({ target }) => setKey(target.value)}
              />
            )}
          </Field>
        )}
        {hasBody && (
          <Field label={text.body}>
            {(ids) => (
              <textarea
                {...ids}
                rows={5}
                spellCheck={false}
                value={body}
                onChange={({ target }) => setBody(target.value)}
                className={`${inputLook} block resize-y py-2 font-mono text-xs! leading-5`}
              />
            )}
          </Field>
        )}
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" look="primary" isDisabled={!isFilled || send.isPending}>
            {send.isPending ? text.sending : text.tryIt}
          </Button>
          <span className="text-xs text-dim">{text.tryHint}</span>
        </div>
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        <CodeBlock label={text.curl} code={curl} />
        <Problem error={send.error} />
        <div role="status">
          {send.data !== undefined && (
            <>
              <p
                className={`mb-1 text-[13px] font-medium ${send.data.status < "4" ? "text-ok" : "text-fail"}`}
              >
                {text.answered(send.data.status, format.duration(send.data.durationMs))}
              </p>
              {send.data.body === "" ? (
                <p className="text-[13px] text-dim">{text.noBody}</p>
              ) : (
                <JsonView value={send.data.body} label={text.answer} />
              )}
            </>
          )}
        </div>
      </div>
    </form>
  );
}
