import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Button } from "../../../../parts/button.tsx";
import { Field, inputLook } from "../../../../parts/field.tsx";
import { JsonEditor } from "../../../../parts/json-editor.tsx";
import { MocksEditor } from "../cases/mocks-editor.tsx";
import { draftOf, newEntry, type DraftEntry } from "../cases/mock-draft.ts";
import { useCases } from "../cases/use-cases.ts";
import type { Recording } from "./recording.ts";
import type { SimulationSetup } from "./simulation-setup.ts";

const policies = ["answer", "fail", "call"] as const;

/** What a simulation is run with. */
export function SetupForm({
  setup,
  recording,
  onChange,
  onRun,
}: {
  readonly setup: SimulationSetup;
  readonly recording: Recording | undefined;
  readonly onChange: (change: Partial<SimulationSetup>) => void;
  readonly onRun: () => void;
}) {
  const text = useDesignerText().trying.simulate;
  return (
    <form
      aria-label={text.setup}
      onSubmit={(event) => {
        event.preventDefault();
        onRun();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onRun();
      }}
      className="grid h-full min-h-0 content-start gap-4 overflow-auto p-3 md:grid-cols-2"
    >
      <div className="flex min-w-0 flex-col gap-3">
        <FromCase onChange={onChange} />
        <JsonEditor
          label={text.input}
          rows={7}
          value={setup.input}
          onChange={(input) => onChange({ input })}
        />
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={text.unmocked} hint={setup.unmocked === "call" ? text.calling : undefined}>
            {(ids) => (
              <select
                {...ids}
                value={setup.unmocked}
                onChange={({ target }) =>
                  onChange({
                    unmocked: policies.find((each) => each === target.value) ?? "answer",
                  })
                }
                className={`${inputLook} h-8`}
              >
                {policies.map((each) => (
                  <option key={each} value={each}>
                    {text.policies[each]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={text.seed} hint={text.seedHint}>
            {(ids) => (
              <input
                {...ids}
                type="number"
                min={0}
                max={Number.MAX_SAFE_INTEGER}
                value={setup.seed}
                onChange={({ target }) =>
                  onChange({ seed: Math.max(0, Math.trunc(Number(target.value)) || 0) })
                }
                className={`${inputLook} h-8`}
              />
            )}
          </Field>
        </div>
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        {recording !== undefined && (
          <Assumed recording={recording} setup={setup} onChange={onChange} />
        )}
        <MocksEditor mocks={setup.mocks} onChange={(mocks) => onChange({ mocks })} />
      </div>
    </form>
  );
}

/** Takes the input and the mocks of a test case. */
function FromCase({ onChange }: { readonly onChange: (change: Partial<SimulationSetup>) => void }) {
  const text = useDesignerText().trying.simulate;
  const { cases } = useCases();
  if (cases.length === 0) return null;
  return (
    <Field label={text.fromCase}>
      {(ids) => (
        <select
          {...ids}
          value=""
          onChange={({ target }) => {
            const chosen = cases.find(({ name }) => name === target.value);
            if (chosen === undefined) return;
            const input = JSON.stringify(chosen.input, undefined, 2);
            onChange({ input, mocks: draftOf(chosen.mocks) });
          }}
          className={`${inputLook} h-8`}
        >
          <option value="">{text.chooseCase}</option>
          {cases.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** What nobody had mocked and was answered all the same: offered as a mock. */
function Assumed({
  recording,
  setup,
  onChange,
}: {
  readonly recording: Recording;
  readonly setup: SimulationSetup;
  readonly onChange: (change: Partial<SimulationSetup>) => void;
}) {
  const text = useDesignerText().trying.simulate;
  const open = recording.simulated.assumed.filter(
    ({ stateName }) => !Object.hasOwn(setup.mocks, stateName),
  );
  if (open.length === 0) return null;
  const use = (chosen: typeof open) =>
    onChange({
      mocks: {
        ...setup.mocks,
        ...Object.fromEntries(
          chosen.map(({ stateName, answer }) => [
            stateName,
            [{ ...newEntry, value: JSON.stringify(answer, undefined, 2) } satisfies DraftEntry],
          ]),
        ),
      },
    });
  return (
    <section aria-label={text.assumed} className="rounded-lg bg-wait-soft px-3 py-2">
      <h4 className="mb-1.5 text-[13px] font-medium">{text.assumed}</h4>
      <div className="flex flex-wrap gap-1.5">
        {open.map((each) => (
          <Button
            key={each.stateName}
            className="h-7! px-2! text-xs!"
            aria-label={text.useAssumed(each.stateName)}
            onPress={() => use([each])}
          >
            {each.stateName}
          </Button>
        ))}
        {open.length > 1 && (
          <Button look="quiet" className="h-7! px-2! text-xs!" onPress={() => use(open)}>
            {text.useAll}
          </Button>
        )}
      </div>
    </section>
  );
}
