/* Coming in: by name and password, or by a code that is good once; then, where it must be, a password of one's own. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Fault } from "../base/api";
import { get, keepSession, send } from "../base/api";
import type { Session } from "../base/types";
import { wordsOf } from "../base/words";
import { TextField } from "../parts/Fields";
import { faultText } from "../parts/Status";
import { appWords } from "../words/app";
import { LanguageSwitch } from "./LanguageSwitch";

const t = wordsOf(appWords);
const PASSWORD_LETTERS = 12;

/* The code in #code=…; it is taken out of the address at once, so that it does not stay in the history. */
function takeCode(): string {
    const code = new URLSearchParams(location.hash.slice(1)).get("code") ?? "";
    if (code !== "") history.replaceState(null, "", location.pathname + location.search);
    return code;
}

function whyRefused(fault: Fault, isCode: boolean): string {
    if (fault.status === 401) return t(isCode ? "login.wrong-code" : "login.wrong");
    if (fault.status === 429) return t("login.wait", { n: fault.retryAfter ?? 0 });
    return faultText(fault);
}

/* The frame of what is shown before one is in. */
function Gate(props: { title: string; lead: string; children: ComponentChildren }) {
    useEffect(() => {
        document.title = `${props.title} · ${t("marsad")}`;
    }, [props.title]);
    return (
        <main class="gate">
            <div class="gate-box">
                <div class="gate-head">
                    <span class="wordmark">{t("marsad")}</span>
                    <LanguageSwitch />
                </div>
                <h1>{props.title}</h1>
                <p class="lead">{props.lead}</p>
                {props.children}
            </div>
        </main>
    );
}

export function Login(props: { onSkip?: () => void }) {
    const [code, setCode] = useState(takeCode);
    const [isByCode, choose] = useState(code !== "");
    const [name, setName] = useState("");
    const [password, setPassword] = useState("");
    const [fault, tell] = useState<string | null>(null);
    const [isBusy, setBusy] = useState(false);
    const enter = async () => {
        setBusy(true);
        const outcome = await send<Session>("POST", "/session", isByCode ? { code: code.trim() } : { name: name.trim(), password });
        setBusy(false);
        if (outcome.ok) keepSession(outcome.value);
        else tell(whyRefused(outcome.fault, isByCode));
    };
    useEffect(() => {
        if (code !== "") void enter(); // came with the address
    }, []);
    const submit = (event: Event) => {
        event.preventDefault();
        if (!isBusy) void enter();
    };
    return (
        <Gate title={t("login.title")} lead={t("login.lead")}>
            <form onSubmit={submit} class="gate-form">
                {isByCode ? (
                    <TextField label={t("login.code")} hint={t("login.code.hint")} value={code} onChange={setCode} isLatin isNeeded autoComplete="one-time-code" />
                ) : (
                    <>
                        <TextField label={t("login.name")} value={name} onChange={setName} isNeeded autoComplete="username" />
                        <TextField label={t("login.password")} type="password" value={password} onChange={setPassword} isNeeded autoComplete="current-password" />
                    </>
                )}
                <p class="hint hint-fault" role="alert">
                    {fault}
                </p>
                <button type="submit" class="primary" disabled={isBusy}>
                    {t("login.enter")}
                </button>
                <button type="button" class="plain" onClick={() => choose(!isByCode)}>
                    {t(isByCode ? "login.by-password" : "login.by-code")}
                </button>
                {props.onSkip !== undefined && (
                    <button type="button" class="plain" onClick={props.onSkip}>
                        {t("login.public")}
                    </button>
                )}
            </form>
        </Gate>
    );
}

export function MustChange() {
    const [old, setOld] = useState("");
    const [fresh, setFresh] = useState("");
    const [again, setAgain] = useState("");
    const [fault, tell] = useState<string | null>(null);
    const keep = async () => {
        const outcome = await send("POST", "/session/password", { old, new: fresh });
        if (!outcome.ok) return tell(outcome.fault.status === 429 ? whyRefused(outcome.fault, false) : faultText(outcome.fault));
        const session = await get<Session>("/session");
        if (session.ok) keepSession(session.value);
        else tell(faultText(session.fault));
    };
    const submit = (event: Event) => {
        event.preventDefault();
        if ([...fresh].length < PASSWORD_LETTERS) tell(t("password.short"));
        else if (fresh !== again) tell(t("password.differ"));
        else void keep();
    };
    return (
        <Gate title={t("password.title")} lead={t("password.lead")}>
            <form onSubmit={submit} class="gate-form">
                <TextField label={t("password.old")} hint={t("password.old.hint")} type="password" value={old} onChange={setOld} autoComplete="current-password" />
                <TextField label={t("password.new")} hint={t("password.short")} type="password" value={fresh} onChange={setFresh} isNeeded autoComplete="new-password" />
                <TextField label={t("password.again")} type="password" value={again} onChange={setAgain} isNeeded autoComplete="new-password" />
                <p class="hint hint-fault" role="alert">
                    {fault}
                </p>
                <button type="submit" class="primary">
                    {t("password.keep")}
                </button>
            </form>
        </Gate>
    );
}
