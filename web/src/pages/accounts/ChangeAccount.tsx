/* Roles of an account; a new password for it; closing and opening. Each of the latter asks once more, by name. */
import { useState } from "preact/hooks";
import type { Outcome } from "../../base/api";
import { refreshAll, send } from "../../base/api";
import { useChange } from "../../base/change";
import { rolesOf } from "../../base/rights";
import { useSession } from "../../base/session";
import type { AccountRow, Role } from "../../base/types";
import { wordsOf } from "../../base/words";
import { Confirm } from "../../parts/Confirm";
import { Dialog } from "../../parts/Dialog";
import { CopyField, SecretDialog } from "../../parts/Secret";
import { FaultNote, tellPeople } from "../../parts/Status";
import { accountsWords } from "../../words/accounts";
import { firstPassword, isOpen } from "./accounts";
import { RoleBoxes } from "./RoleBoxes";

const t = wordsOf(accountsWords);

type Step = "roles" | "reset" | "close" | "reopen" | "password";

const patch = (name: string, values: { roles?: Role[]; active?: boolean; password?: string }): Promise<Outcome<void>> =>
    send("PATCH", `/accounts/${encodeURIComponent(name)}`, values);

export function ChangeAccount(props: { account: AccountRow; onClose: () => void }) {
    const { account, onClose } = props;
    const { name } = account;
    const isMine = useSession().person === name;
    const [step, go] = useState<Step>("roles");
    const [password] = useState(() => firstPassword());
    const change = useChange();
    const done = (says: string) => () => {
        tellPeople(says);
        refreshAll();
        onClose();
    };
    const fault = change.fault !== null && <FaultNote fault={change.fault} />;
    if (step === "password") return <NewPassword name={name} password={password} onClose={onClose} />;
    if (step === "roles") return <RolesStep account={account} isMine={isMine} onStep={go} onClose={onClose} />;
    if (step === "reset")
        return (
            <Confirm title={t("reset.title", { name })} does={t("reset.does")} isBusy={change.isBusy} onClose={onClose} onDone={() => change.run(() => patch(name, { password }), () => go("password"))}>
                <p>{t("reset.says")}</p>
                {fault}
            </Confirm>
        );
    const isClosing = step === "close";
    return (
        <Confirm
            title={t(`${step}.title`, { name })}
            does={t(isClosing ? "close.does" : "reopen")}
            isBusy={change.isBusy}
            onClose={onClose}
            onDone={() => change.run(() => patch(name, { active: !isClosing }), done(t(isClosing ? "closed" : "reopened", { name })))}
        >
            <p>{t(`${step}.says`)}</p>
            {isClosing && isMine && <p class="note">{t("close.yourself")}</p>}
            {fault}
        </Confirm>
    );
}

function RolesStep(props: { account: AccountRow; isMine: boolean; onStep: (step: Step) => void; onClose: () => void }) {
    const { account, onStep } = props;
    const [roles, setRoles] = useState<Role[]>(() => rolesOf(account));
    const [isTold, tell] = useState(false);
    const change = useChange();
    const losesKeys = props.isMine && !roles.includes("keeper");
    const save = (event: Event) => {
        event.preventDefault();
        tell(true);
        if (roles.length === 0) return;
        change.run(
            () => patch(account.name, { roles }),
            () => {
                tellPeople(t("saved", { name: account.name }));
                refreshAll();
                props.onClose();
            },
        );
    };
    return (
        <Dialog title={t("change.title", { name: account.name })} onClose={props.onClose} isWide>
            <form class="form" onSubmit={save}>
                <RoleBoxes roles={roles} onChange={setRoles} isTold={isTold} />
                {losesKeys && <p class="note">{t("roles.yourself")}</p>}
                {change.fault !== null && <FaultNote fault={change.fault} />}
                <div class="dialog-foot">
                    <button type="button" onClick={() => onStep(isOpen(account) ? "close" : "reopen")}>
                        {t(isOpen(account) ? "close" : "reopen")}
                    </button>
                    <button type="button" onClick={() => onStep("reset")}>
                        {t("reset")}
                    </button>
                    <button type="submit" class="primary" disabled={change.isBusy}>
                        {t("save")}
                    </button>
                </div>
            </form>
        </Dialog>
    );
}

function NewPassword(props: { name: string; password: string; onClose: () => void }) {
    return (
        <SecretDialog title={t("reset.done", { name: props.name })} onClose={props.onClose}>
            <CopyField label={t("password")} value={props.password} hint={t("password.hand")} />
        </SecretDialog>
    );
}
