/* What each role allows: a matrix, and a sentence each. */
import { RIGHTS, ROLES, roleAllows } from "../../base/rights";
import type { Role } from "../../base/types";
import { wordsOf } from "../../base/words";
import { roleName } from "../../parts/Needs";
import type { Column } from "../../parts/Table";
import { Table } from "../../parts/Table";
import { accountsWords } from "../../words/accounts";
import { manageWords } from "../../words/manage";

const t = wordsOf(accountsWords);
const shared = wordsOf(manageWords);

function Allows(props: { is: boolean }) {
    return (
        <>
            <span aria-hidden="true">{props.is ? "✓" : "–"}</span>
            <span class="unseen">{shared(props.is ? "yes" : "no")}</span>
        </>
    );
}

const columns = (): Column<Role>[] => [
    {
        name: "role",
        title: t("role"),
        isMain: true,
        cell: (role) => (
            <>
                {roleName(role)} <div class="hint role-does">{shared(`role.${role}.does`)}</div>
            </>
        ),
    },
    ...RIGHTS.map((right) => ({ name: right, title: shared(`right.${right}`), cell: (role: Role) => <Allows is={roleAllows(role, right)} /> })),
];

export function Roles() {
    return (
        <>
            <p class="lead">{t("roles.lead")}</p>
            <Table caption={t("roles.table")} columns={columns()} rows={ROLES} keyOf={(role) => role} />
            <p class="quiet">{t("roles.pair")}</p>
        </>
    );
}
