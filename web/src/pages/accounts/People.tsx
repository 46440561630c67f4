import { useState } from "preact/hooks";
import { useRows } from "../../base/api";
import { tellAgo, tellTime } from "../../base/dates";
import { obstacleTo, rolesOf } from "../../base/rights";
import { useSession } from "../../base/session";
import type { AccountRow } from "../../base/types";
import { wordsOf } from "../../base/words";
import { Needs, roleNames } from "../../parts/Needs";
import type { Column } from "../../parts/Table";
import { AskedTable } from "../../parts/Table";
import { accountsWords } from "../../words/accounts";
import { isOpen } from "./accounts";
import { AddAccount } from "./AddAccount";
import { ChangeAccount } from "./ChangeAccount";

const t = wordsOf(accountsWords);
const ALL = 1000;

const columns = (me: string | null, onChange: (account: AccountRow) => void): Column<AccountRow>[] => [
    {
        name: "name",
        title: t("name"),
        isMain: true,
        cell: (account) => (
            <>
                <bdi>{account.name}</bdi> {account.name === me && <span class="mark">{t("state.you")}</span>}
            </>
        ),
    },
    { name: "roles", title: t("roles"), cell: (account) => roleNames(rolesOf(account)) },
    { name: "state", title: t("state"), cell: (account) => <span class={isOpen(account) ? "quiet" : "mark mark-gap"}>{t(isOpen(account) ? "state.active" : "state.closed")}</span> },
    {
        name: "login",
        title: t("login"),
        cell: (account) => (account.last_login === null ? <span class="quiet">{t("login.never")}</span> : <span title={tellTime(account.last_login)}>{tellAgo(account.last_login)}</span>),
    },
    { name: "created", title: t("created"), isQuiet: true, cell: (account) => tellTime(account.created) },
    {
        name: "do",
        title: "",
        cell: (account) => (
            <button type="button" onClick={() => onChange(account)} aria-label={t("change.of", { name: account.name })}>
                {t("change")}
            </button>
        ),
    },
];

export function People() {
    const session = useSession();
    const mayKeep = obstacleTo(session, "keep") === null;
    const accounts = useRows<AccountRow>(mayKeep ? "/accounts" : null, { limit: ALL });
    const [name, choose] = useState<string | null>(null);
    const [isAdding, add] = useState(false);
    const changed = accounts.rows?.find((account) => account.name === name);
    if (!mayKeep) return <Needs right="keep" />;
    return (
        <>
            <div class="head-line">
                <p class="lead">{t("people.lead")}</p>
                <button type="button" class="primary" onClick={() => add(true)}>
                    {t("add")}
                </button>
            </div>
            <AskedTable
                caption={t("people.table")}
                columns={columns(session.person, (account) => choose(account.name))}
                keyOf={(account) => account.name}
                asked={accounts}
                whyEmpty={t("people.empty")}
                hasKeys
            />
            {isAdding && <AddAccount onClose={() => add(false)} />}
            {changed !== undefined && <ChangeAccount account={changed} onClose={() => choose(null)} />}
        </>
    );
}
