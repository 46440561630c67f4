/* A new account, and then, once, what its owner needs to come in. */
import { useState } from "preact/hooks";
import { refreshAll, send } from "../../base/api";
import { useChange } from "../../base/change";
import type { Role } from "../../base/types";
import { wordsOf } from "../../base/words";
import { Dialog, DialogFoot } from "../../parts/Dialog";
import { SelectField, TextField } from "../../parts/Fields";
import { CopyField, SecretDialog } from "../../parts/Secret";
import { FaultNote } from "../../parts/Status";
import { accountsWords } from "../../words/accounts";
import { firstPassword, isName, loginLink } from "./accounts";
import { RoleBoxes } from "./RoleBoxes";

const t = wordsOf(accountsWords);

interface Added {
    name: string;
    code: string | null;
    password: string | null;
}

export function AddAccount(props: { onClose: () => void }) {
    const [added, tell] = useState<Added | null>(null);
    return added === null ? (
        <Dialog title={t("add")} onClose={props.onClose} isWide>
            <Form onClose={props.onClose} onAdded={tell} />
        </Dialog>
    ) : (
        <HandOver added={added} onClose={props.onClose} />
    );
}

function Form(props: { onClose: () => void; onAdded: (added: Added) => void }) {
    const [name, setName] = useState("");
    const [roles, setRoles] = useState<Role[]>(["reader"]);
    const [isByCode, setByCode] = useState(true);
    const [isTold, tell] = useState(false);
    const change = useChange();
    const submit = (event: Event) => {
        event.preventDefault();
        tell(true);
        if (!isName(name) || roles.length === 0) return;
        const password = isByCode ? null : firstPassword();
        change.run(
            () => send<{ code?: string | null } | undefined>("POST", "/accounts", { name: name.trim(), roles, ...(password === null ? {} : { password }) }),
            (answer) => {
                refreshAll();
                props.onAdded({ name: name.trim(), code: answer?.code ?? null, password });
            },
        );
    };
    return (
        <form class="form" onSubmit={submit} noValidate>
            <TextField
                label={t("add.name")}
                value={name}
                onChange={setName}
                isNeeded
                hint={t("add.name.hint")}
                fault={isTold && !isName(name) ? t("add.name.bad") : null}
            />
            <RoleBoxes roles={roles} onChange={setRoles} isTold={isTold} />
            <SelectField
                label={t("add.way")}
                value={isByCode ? "code" : "password"}
                choices={[
                    { value: "code", title: t("add.way.code") },
                    { value: "password", title: t("add.way.password") },
                ]}
                onChange={(way) => setByCode(way === "code")}
                hint={t("add.way.says")}
            />
            {change.fault !== null && <FaultNote fault={change.fault} />}
            <DialogFoot does={t("add.does")} onCancel={props.onClose} isBusy={change.isBusy} />
        </form>
    );
}

function HandOver(props: { added: Added; onClose: () => void }) {
    const { name, code, password } = props.added;
    return (
        <SecretDialog title={t("added.title", { name })} onClose={props.onClose}>
            {code !== null && (
                <>
                    <CopyField label={t("added.code")} value={code} hint={t("added.code.says")} />
                    <CopyField label={t("added.link")} value={loginLink(location.origin, code)} hint={t("added.link.says")} />
                </>
            )}
            {password !== null && <CopyField label={t("password")} value={password} hint={t("password.hand")} />}
        </SecretDialog>
    );
}
