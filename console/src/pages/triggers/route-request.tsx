import { Check, CircleAlert, CircleSlash } from "lucide-react";
import { useState } from "react";
import { useAroundText } from "../../i18n/around/texts.ts";
import { JsonEditor } from "../../parts/json-editor.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { TextField } from "../../parts/text-field.tsx";
import type { GivenRoute } from "./route-calls.ts";
import { examplePath, previewRoute, type RoutePreview } from "./route-preview.ts";

const signs = {
  call: { Icon: Check, look: "text-ok" },
  function: { Icon: Check, look: "text-ok" },
  other: { Icon: CircleSlash, look: "text-wait" },
  refused: { Icon: CircleAlert, look: "text-fail" },
  invalid: { Icon: CircleAlert, look: "text-fail" },
} as const;

/** A request to the route of a form, and what it would come to. */
export function RouteRequest({ given }: { readonly given: GivenRoute }) {
  const { route: text } = useAroundText().triggers;
  const [typedPath, setPath] = useState<string>();
  const [body, setBody] = useState('{\n  "id": 7\n}');
  const path = typedPath ?? examplePath(given.path);
  return (
    <section aria-label={text.request} className="grid items-start gap-4 md:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-3">
        <TextField
          label={text.requestPath}
          hint={text.requestPathHint}
          isCode
          value={path}
          onChange={setPath}
        />
        <JsonEditor label={text.body} value={body} onChange={setBody} rows={5} />
      </div>
      <Result preview={previewRoute(given, { path, body })} />
    </section>
  );
}

function Result({ preview }: { readonly preview: RoutePreview }) {
  const { route: text } = useAroundText().triggers;
  const { Icon, look } = signs[preview.type];
  const said = {
    call: "operation" in preview ? text.callsWith(preview.operation) : "",
    function: text.functionGetsAll,
    other: text.otherPath,
    refused: "problem" in preview ? text.wouldRefuse(preview.problem) : "",
    invalid: "problem" in preview ? preview.problem : "",
  }[preview.type];
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p role="status" className={`flex items-start gap-2 text-[13px] font-medium ${look}`}>
        <Icon aria-hidden size={15} className="mt-0.5 shrink-0" />
        <span className="min-w-0 [overflow-wrap:anywhere]">{said}</span>
      </p>
      {preview.type === "call" && <JsonView value={preview.input} label={text.callInput} />}
    </div>
  );
}
