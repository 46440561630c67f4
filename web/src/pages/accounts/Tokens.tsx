/* One's own API tokens. */
import { useState } from "preact/hooks";
import { refreshAll, send, useRows } from "../../base/api";
import { useChange } from "../../base/change";
import { tellAgo, tellTime } from "../../base/dates";
import type { Right } from "../../base/rights";
import { RIGHTS, namesOf, obstacleTo } from "../../base/rights";
import { useSession } from "../../base/session";
import type { Time, TokenRow } from "../../base/types";
import { language, wordsOf } from "../../base/words";
import { Confirm } from "../../parts/Confirm";
import { Needs } from "../../parts/Needs";
import { FaultNote, tellPeople } from "../../parts/Status";
import type { Column } from "../../parts/Table";
import { AskedTable } from "../../parts/Table";
import { accountsWords } from "../../words/accounts";
import { manageWords } from "../../words/manage";
import { AddToken } from "./AddToken";

const t = wordsOf(accountsWords);
const shared = wordsOf(manageWords);
const ALL = 1000;

const rightNames = (token: TokenRow): string => {
    const names = namesOf(token.scopes);
    const known: Right[] = RIGHTS.filter((right) => names.includes(right));
    return known.map((right) => shared(`right.${right}`)).join(language() === "ar" ? "، " : ", ");
};

function Ends(props: { at: Time | null }) {
    if (props.at === null) return <>–</>;
    const isOver = Date.parse(props.at) <= Date.now();
    return isOver ? <span class="mark mark-gap">{t("expired")}</span> : <span title={tellTime(props.at)}>{tellAgo(props.at)}</span>;
}

const columns = (onRemove: (token: TokenRow) => void): Column<TokenRow>[] => [
    { name: "label", title: t("label"), isMain: true, cell: (token) => <bdi>{token.label}</bdi> },
    { name: "scopes", title: t("scopes"), cell: rightNames },
    { name: "used", title: t("used"), cell: (token) => (token.last_used === null ? <span class="quiet">{t("used.never")}</span> : <span title={tellTime(token.last_used)}>{tellAgo(token.last_used)}</span>) },
    { name: "expires", title: t("expires"), cell: (token) => <Ends at={token.expires} /> },
    { name: "created", title: t("created"), isQuiet: true, cell: (token) => tellTime(token.created) },
    {
        name: "do",
        title: "",
        cell: (token) => (
            <button type="button" onClick={() => onRemove(token)} aria-label={t("remove.of", { label: token.label })}>
                {t("remove")}
            </button>
        ),
    },
];

export function Tokens() {
    const session = useSession();
    const isIn = session.person !== null && session.mode !== "read-only";
    const tokens = useRows<TokenRow>(isIn ? "/tokens" : null, { limit: ALL });
    const [removing, remove] = useState<TokenRow | null>(null);
    const [isAdding, add] = useState(false);
    if (!isIn) return obstacleTo(session, "read") === null ? <p class="note">{shared("needs.read-only")}</p> : <Needs right="read" />;
    return (
        <>
            <div class="head-line">
                <p class="lead">{t("tokens.lead")}</p>
                <button type="button" class="primary" onClick={() => add(true)}>
                    {t("make")}
                </button>
            </div>
            <AskedTable caption={t("tokens.table")} columns={columns(remove)} keyOf={(token) => token.id} asked={tokens} whyEmpty={t("tokens.empty")} hasKeys />
            {isAdding && <AddToken onClose={() => add(false)} />}
            {removing !== null && <RemoveToken token={removing} onClose={() => remove(null)} />}
        </>
    );
}

function RemoveToken(props: { token: TokenRow; onClose: () => void }) {
    const { id, label } = props.token;
    const change = useChange();
    const done = () => {
        tellPeople(t("removed", { label }));
        refreshAll();
        props.onClose();
    };
    return (
        <Confirm
            title={t("remove.title", { label })}
            does={t("remove.does")}
            isBusy={change.isBusy}
            onDone={() => change.run(() => send("DELETE", `/tokens/${encodeURIComponent(id)}`), done)}
            onClose={props.onClose}
        >
            <p>{t("remove.says")}</p>
            {change.fault !== null && <FaultNote fault={change.fault} />}
        </Confirm>
    );
}
