import { useState } from "react";
import { Label, Radio, RadioGroup, Switch } from "react-aria-components";
import { hasLetterKeys, setLetterKeys } from "../../app/keys.ts";
import { chooseTheme, themes, useTheme, type Theme } from "../../app/theme.ts";
import type { Zone } from "../../i18n/formats.ts";
import { languages, useLanguage, useText, useZone, type Language } from "../../i18n/language.tsx";

const zones = ["local", "utc"] as const satisfies readonly Zone[];

/** How the console looks and listens in this browser. */
export function Appearance() {
  const text = useText();
  const theme = useTheme();
  const { language, speak } = useLanguage();
  const { zone, tellTimeIn } = useZone();
  const [letters, setLetters] = useState(hasLetterKeys);
  return (
    <div className="flex flex-col gap-5">
      <Choices
        label={text.app.theme}
        value={theme}
        options={themes.map((id) => ({ id, label: text.theme[id] }))}
        onChange={(id) => chooseTheme(id as Theme)}
      />
      <Choices
        label={text.app.language}
        value={language}
        options={Object.entries(languages).map(([id, label]) => ({ id, label }))}
        onChange={(id) => speak(id as Language)}
      />
      <Choices
        label={text.settings.zone}
        value={zone}
        options={zones.map((id) => ({ id, label: text.settings.zones[id] }))}
        onChange={(id) => tellTimeIn(id as Zone)}
      />
      <div>
        <Switch
          isSelected={letters}
          onChange={(isOn) => {
            setLetterKeys(isOn);
            setLetters(isOn);
          }}
          className="group flex min-h-6 cursor-pointer items-center gap-3"
        >
          <span className="flex h-5 w-9 shrink-0 items-center rounded-full bg-line-strong p-0.5 transition-colors group-data-[focus-visible]:outline-2 group-data-[focus-visible]:outline-offset-2 group-data-[focus-visible]:outline-accent group-data-[selected]:bg-accent">
            <span className="h-4 w-4 rounded-full bg-surface transition-transform group-data-[selected]:translate-x-4" />
          </span>
          <span className="font-medium">{text.settings.letterKeys}</span>
        </Switch>
        <p className="mt-1 text-xs text-dim">{text.settings.letterKeysHint}</p>
      </div>
      <p className="text-xs text-dim">{text.settings.browserHint}</p>
    </div>
  );
}

function Choices({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly onChange: (id: string) => void;
}) {
  return (
    <RadioGroup value={value} onChange={onChange} className="flex flex-col gap-1.5">
      <Label className="font-medium">{label}</Label>
      <div className="grid grid-cols-2 gap-2">
        {options.map((option) => (
          <Radio
            key={option.id}
            value={option.id}
            className="flex h-8 cursor-pointer items-center gap-2 rounded-md border border-line px-2.5 text-[13px] data-[focus-visible]:outline-2 data-[focus-visible]:outline-offset-2 data-[focus-visible]:outline-accent data-[hovered]:border-line-strong data-[selected]:border-accent data-[selected]:bg-accent-soft data-[selected]:text-accent"
          >
            {({ isSelected }) => (
              <>
                <span
                  aria-hidden
                  className={`flex h-3.5 w-3.5 shrink-0 items-center justify-center rounded-full border ${isSelected ? "border-accent" : "border-line-strong"}`}
                >
                  {isSelected && <span className="h-1.5 w-1.5 rounded-full bg-accent" />}
                </span>
                <span className="truncate">{option.label}</span>
              </>
            )}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
