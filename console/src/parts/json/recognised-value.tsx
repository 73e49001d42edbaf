import { useNavigate } from "@tanstack/react-router";
import { useFormat, useText } from "../../i18n/language.tsx";
import { useNow } from "../time.tsx";
import type { Recognised } from "./recognise.ts";

/** What a text or number holds, opened beneath it; JSON has lines of its own. */
export function RecognisedValue({ recognised }: { readonly recognised: Recognised }) {
  switch (recognised.kind) {
    case "json":
      return null;
    case "base64":
      return (
        <pre className="mt-1 max-h-48 overflow-auto rounded-md border border-line bg-surface px-2 py-1 break-words whitespace-pre-wrap">
          {recognised.text}
        </pre>
      );
    case "time":
      return <OpenedTime at={recognised.at} />;
    case "arn":
      return <OpenedArn recognised={recognised} />;
  }
}

function OpenedTime({ at }: { readonly at: number }) {
  const text = useText();
  const format = useFormat();
  return (
    <Facts
      facts={[
        [text.json.local, `${format.dateTime(at)} · ${format.relative(at, useNow())}`],
        ["UTC", new Date(at).toISOString()],
      ]}
    />
  );
}

/** Those that this console has a page of. */
const shownHere: Readonly<Record<string, "executions" | "workflows" | "map-runs">> = {
  execution: "executions",
  express: "executions",
  stateMachine: "workflows",
  mapRun: "map-runs",
};

function OpenedArn({ recognised }: { readonly recognised: Extract<Recognised, { kind: "arn" }> }) {
  const text = useText().json;
  const navigate = useNavigate();
  const { arn, parts } = recognised;
  const [kind = ""] = parts.resource.split(":", 1);
  const page = parts.service === "states" ? shownHere[kind] : undefined;
  return (
    <div>
      <Facts
        facts={[
          [text.service, parts.service],
          [text.region, parts.region],
          [text.account, parts.account],
          [text.resource, parts.resource],
        ]}
      />
      {page !== undefined && (
        <button
          type="button"
          className="min-h-6 font-sans text-accent underline"
          onClick={() => void navigate({ to: `/${page}/$arn`, params: { arn } })}
        >
          {text.openHere}
        </button>
      )}
    </div>
  );
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, string])[] }) {
  return (
    <dl className="mt-1 grid w-fit grid-cols-[auto_minmax(0,1fr)] gap-x-3 rounded-md border border-line bg-surface px-2 py-1">
      {facts.map(
        ([name, value]) =>
          value !== "" && (
            <div key={name} className="contents">
              <dt className="font-sans text-dim">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
