import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Check, CircleUserRound } from "lucide-react";
import { useState } from "react";
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from "react-aria-components";
import type { MeView } from "../../../src/console/view-types.ts";
import { basePath, server } from "../api/client.ts";
import { useText } from "../i18n/language.tsx";
import { IconButton } from "../parts/button.tsx";
import { ChangePassword } from "../pages/sign-in/change-password.tsx";

const itemLook =
  "flex cursor-pointer items-center gap-2 rounded-md px-3 py-1.5 text-[13px] outline-none data-[focused]:bg-sunken";

/** Who is signed in, the roles that he may act in, and the way out. */
export function MeMenu({ me }: { readonly me: MeView }) {
  const { signIn: text } = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isChanging, setChanging] = useState(false);
  const actAs = useMutation({
    mutationFn: server.signIn.actAs,
    // Whatever is shown was what the other role may see.
    onSuccess: () => void client.resetQueries(),
  });
  const out = useMutation({
    mutationFn: server.signIn.out,
    onSuccess: () => location.assign(`${basePath}/sign-in`),
  });
  return (
    <>
      <MenuTrigger>
        <IconButton label={text.me.menu(me.name)}>
          <CircleUserRound aria-hidden size={17} />
        </IconButton>
        <Popover
          placement="bottom end"
          className="max-w-80 min-w-56 rounded-lg border border-line bg-raised p-1 shadow-high"
        >
          <div className="border-b border-line px-3 py-2">
            <p className="font-semibold break-words">{me.name}</p>
            <p className="font-mono text-[11px] break-all text-dim">{me.arn}</p>
          </div>
          <Menu aria-label={text.me.menu(me.name)} className="outline-none">
            {me.roles.length > 1 ? (
              <MenuSection>
                <Header className="px-3 pt-2 pb-1 text-[11px] text-dim">{text.me.role}</Header>
                {me.roles.map((role) => (
                  <MenuItem
                    key={role}
                    textValue={text.me.actAs(role)}
                    className={itemLook}
                    onAction={() => role !== me.role && actAs.mutate(role)}
                  >
                    <span className="grow break-words">{role}</span>
                    {role === me.role && <Check aria-hidden size={14} className="text-accent" />}
                  </MenuItem>
                ))}
              </MenuSection>
            ) : null}
            {me.hasPassword === true ? (
              <MenuItem className={itemLook} onAction={() => setChanging(true)}>
                {text.me.password}
              </MenuItem>
            ) : null}
            <MenuItem
              className={itemLook}
              onAction={() => void navigate({ to: "/access", search: { tab: "sessions" } })}
            >
              {text.me.sessions}
            </MenuItem>
            <MenuItem className={itemLook} onAction={() => out.mutate()}>
              {text.me.out}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <ChangePassword isOpen={isChanging} onClose={() => setChanging(false)} />
    </>
  );
}
