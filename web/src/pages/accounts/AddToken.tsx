import { useState } from "preact/hooks";
import { refreshAll, send } from "../../base/api";
import { useChange } from "../../base/change";
import type { Right } from "../../base/rights";
import { rightsOf } from "../../base/rights";
import { useSession } from "../../base/session";
import { wordsOf } from "../../base/words";
import { Dialog, DialogFoot } from "../../parts/Dialog";
import { SelectField, TextField } from "../../parts/Fields";
import { CopyField, SecretDialog } from "../../parts/Secret";
import { FaultNote } from "../../parts/Status";
import { accountsWords } from "../../words/accounts";
import { manageWords } from "../../words/manage";
import { isName } from "./accounts";

const t = wordsOf(accountsWords);
const shared = wordsOf(manageWords);
const DAYS = [1, 7, 30, 90, 365]; // at most a year
const USUAL_DAYS = 90;

export function AddToken(props: { onClose: () => void }) {
    const [made, tell] = useState<{ label: string; token: string } | null>(null);
    if (made === null)
        return (
            <Dialog title={t("make")} onClose={props.onClose}>
                <Form onClose={props.onClose} onMade={tell} />
            </Dialog>
        );
    return (
        <SecretDialog title={t("made.title", { label: made.label })} onClose={props.onClose}>
            <CopyField label={t("token")} value={made.token} hint={t("token.use")} />
        </SecretDialog>
    );
}

function Form(props: { onClose: () => void; onMade: (made: { label: string; token: string }) => void }) {
    const mine = rightsOf(useSession().roles).filter((right) => right !== "keep"); // accounts are kept by people alone
    const [label, setLabel] = useState("");
    const [scopes, setScopes] = useState<Right[]>(["read"]);
    const [days, setDays] = useState(USUAL_DAYS);
    const [isTold, tell] = useState(false);
    const change = useChange();
    const submit = (event: Event) => {
        event.preventDefault();
        tell(true);
        if (!isName(label) || scopes.length === 0) return;
        change.run(
            () => send<{ id: string; token: string }>("POST", "/tokens", { label: label.trim(), scopes, days }),
            ({ token }) => {
                refreshAll();
                props.onMade({ label: label.trim(), token });
            },
        );
    };
    return (
        <form class="form" onSubmit={submit} noValidate>
            <TextField
                label={t("label")}
                value={label}
                onChange={setLabel}
                isNeeded
                hint={t("label.hint")}
                fault={isTold && !isName(label) ? t("label.bad") : null}
            />
            <fieldset class="boxes">
                <legend>{t("scopes")}</legend>
                {mine.map((right) => (
                    <label key={right} class="tick">
                        <input
                            type="checkbox"
                            checked={scopes.includes(right)}
                            onChange={(event) => setScopes(mine.filter((one) => (one === right ? event.currentTarget.checked : scopes.includes(one))))}
                        />
                        <span>{shared(`right.${right}`)}</span>
                    </label>
                ))}
                {isTold && scopes.length === 0 && (
                    <p class="hint hint-fault" role="alert">
                        {t("scopes.none")}
                    </p>
                )}
            </fieldset>
            <SelectField
                label={t("days")}
                value={String(days)}
                choices={DAYS.map((n) => ({ value: String(n), title: t("days.n", { n }) }))}
                onChange={(value) => setDays(Number(value))}
            />
            {change.fault !== null && <FaultNote fault={change.fault} />}
            <DialogFoot does={t("make.does")} onCancel={props.onClose} isBusy={change.isBusy} />
        </form>
    );
}
