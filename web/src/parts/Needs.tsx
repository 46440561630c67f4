/* Why something cannot be done here, in words: which role it needs, and which the reader has. Nothing where it can be done. */
import type { Right } from "../base/rights";
import { obstacleTo, rolesThatMay } from "../base/rights";
import { useSession } from "../base/session";
import type { Role } from "../base/types";
import { language, wordsOf } from "../base/words";
import { appWords } from "../words/app";
import { manageWords } from "../words/manage";

const t = wordsOf(manageWords);
const roles = wordsOf(appWords);

export const roleName = (role: Role): string => roles(`role.${role}`);
export const roleNames = (roles: readonly Role[]): string => roles.map(roleName).join(language() === "ar" ? "، " : ", ");

export function Needs(props: { right: Right }) {
    const session = useSession();
    const obstacle = obstacleTo(session, props.right);
    if (obstacle === null) return null;
    return (
        <p class="note note-needs">
            {obstacle === "role" ? t("needs.role", { roles: rolesThatMay(props.right).map(roleName).join(t("needs.or")) }) : t(`needs.${obstacle}`)}
            {obstacle === "role" && session.roles.length > 0 && <> {t("needs.role.have", { roles: roleNames(session.roles) })}</>}
        </p>
    );
}
