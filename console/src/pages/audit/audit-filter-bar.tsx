import { type SubmitEvent, useId } from "react";
import { useText } from "../../i18n/language.tsx";
import { inputLook } from "../../parts/field.tsx";
import { type AuditSearch, auditSearch, auditTimes, outcomes } from "./audit-search.ts";

const controlLook = `${inputLook} h-8`;

/** The filter of the calls. Texts count when they are left or sent: each question is one to the whole log. */
export function AuditFilterBar({
  search,
  change,
}: {
  readonly search: AuditSearch;
  readonly change: (search: AuditSearch) => void;
}) {
  const { audit: text } = useText();
  const set = (name: keyof AuditSearch, value: unknown): void =>
    change(auditSearch({ ...search, [name]: value }));
  return (
    <search aria-label={text.filters} className="border-b border-line p-3">
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-5">
        <TextFilter
          label={text.who}
          hint={text.whoHint}
          value={search.who}
          set={(value) => set("who", value)}
        />
        <TextFilter
          label={text.action}
          hint={text.actionHint}
          value={search.action}
          set={(value) => set("action", value)}
        />
        <TextFilter
          label={text.resource}
          hint={text.resourceHint}
          value={search.resource}
          set={(value) => set("resource", value)}
        />
        <select
          aria-label={text.outcome}
          className={controlLook}
          value={search.outcome ?? ""}
          onChange={({ target }) => set("outcome", target.value)}
        >
          <option value="">{text.anyOutcome}</option>
          {outcomes.map((outcome) => (
            <option key={outcome} value={outcome}>
              {text.outcomes[outcome]}
            </option>
          ))}
        </select>
        <select
          aria-label={text.since}
          className={controlLook}
          value={search.time ?? "day"}
          onChange={({ target }) => set("time", target.value)}
        >
          {auditTimes.map((time) => (
            <option key={time} value={time}>
              {text.times[time]}
            </option>
          ))}
        </select>
      </div>
      <label className="mt-2 inline-flex min-h-6 items-center gap-2 text-[13px]">
        <input
          type="checkbox"
          checked={search.reads === true}
          onChange={({ target }) => set("reads", target.checked)}
        />
        {text.reads}
      </label>
    </search>
  );
}

function TextFilter({
  label,
  hint,
  value = "",
  set,
}: {
  readonly label: string;
  readonly hint: string;
  readonly value: string | undefined;
  readonly set: (value: string) => void;
}) {
  const id = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get("text");
    set(typeof text === "string" ? text.trim() : "");
  };
  return (
    <form onSubmit={submit}>
      {/* What the address says from elsewhere is shown anew. */}
      <input
        key={value}
        id={id}
        name="text"
        type="search"
        aria-label={label}
        title={hint}
        placeholder={label}
        defaultValue={value}
        onBlur={({ target }) => set(target.value.trim())}
        className={controlLook}
      />
    </form>
  );
}
