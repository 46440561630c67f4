import { ROLES } from "../../base/rights";
import type { Role } from "../../base/types";
import { wordsOf } from "../../base/words";
import { roleName } from "../../parts/Needs";
import { accountsWords } from "../../words/accounts";
import { manageWords } from "../../words/manage";

const t = wordsOf(accountsWords);
const shared = wordsOf(manageWords);

/* Each role with what it does, to tick. */
export function RoleBoxes(props: { roles: readonly Role[]; onChange: (roles: Role[]) => void; isTold: boolean }) {
    const toggle = (role: Role, isOn: boolean) => props.onChange(ROLES.filter((one) => (one === role ? isOn : props.roles.includes(one))));
    return (
        <fieldset class="boxes">
            <legend>{t("roles")}</legend>
            {ROLES.map((role) => (
                <label key={role} class="tick">
                    <input type="checkbox" checked={props.roles.includes(role)} onChange={(event) => toggle(role, event.currentTarget.checked)} />
                    <span>
                        <strong>{roleName(role)}</strong> <span class="hint">{shared(`role.${role}.does`)}</span>
                    </span>
                </label>
            ))}
            <p class="hint">{t("roles.pair")}</p>
            {props.isTold && props.roles.length === 0 && (
                <p class="hint hint-fault" role="alert">
                    {t("roles.none")}
                </p>
            )}
        </fieldset>
    );
}
