/* Asks who is there, and shows the login, or the page that the address names. */
import type { ComponentType } from "preact";
import { useEffect, useErrorBoundary, useState } from "preact/hooks";
import type { Fault } from "../base/api";
import { get, keepSession, listenToSession } from "../base/api";
import { useNames } from "../base/names";
import { useWhere } from "../base/router";
import { mayRead, SessionContext } from "../base/session";
import type { Session } from "../base/types";
import { useLanguage, wordsOf } from "../base/words";
import { Page } from "../parts/Page";
import { FaultNote, Skeleton } from "../parts/Status";
import { appWords } from "../words/app";
import { Login, MustChange } from "./Login";
import type { Page as PageRow, PageProps } from "./pages";
import { pageAt } from "./pages";
import { Shell } from "./Shell";

const t = wordsOf(appWords);

/* The session as the server told it last; null until it has. */
function useSessionOfServer(): { session: Session | null; fault: Fault | null; ask: () => void } {
    const [session, setSession] = useState<Session | null>(null);
    const [fault, setFault] = useState<Fault | null>(null);
    const ask = () => {
        setFault(null);
        void get<Session>("/session").then((outcome) => (outcome.ok ? keepSession(outcome.value) : setFault(outcome.fault)));
    };
    useEffect(() => {
        const stop = listenToSession((told) => setSession((before) => told ?? (before === null ? null : { ...before, person: null, roles: [], csrf: null })));
        ask();
        return stop;
    }, []);
    return { session, fault, ask };
}

export function App() {
    useLanguage();
    const { session, fault, ask } = useSessionOfServer();
    const [isLoggingIn, logIn] = useState(location.hash.startsWith("#code="));
    useEffect(() => {
        if (session?.person != null) logIn(false);
    }, [session?.person]);
    if (session === null)
        return (
            <main class="gate">
                <div class="gate-box">{fault === null ? <Skeleton lines={3} /> : <FaultNote fault={fault} onRetry={ask} />}</div>
            </main>
        );
    if (session.person !== null && session.must_change) return <MustChange />;
    if (!mayRead(session) && (isLoggingIn || !session.public)) return <Login {...(session.public ? { onSkip: () => logIn(false) } : {})} />;
    return (
        <SessionContext.Provider value={session}>
            <Inside onLogin={() => logIn(true)} />
        </SessionContext.Provider>
    );
}

function Inside(props: { onLogin: () => void }) {
    useNames();
    const found = pageAt(useWhere().path);
    return (
        <Shell at={found?.page.name ?? null} onLogin={props.onLogin}>
            {found === null ? <NotFound /> : <Guarded key={found.page.name} page={found.page} id={found.id} />}
        </Shell>
    );
}

/* A fault in one page leaves the frame standing. */
function Guarded(props: { page: PageRow; id: string }) {
    const [fault] = useErrorBoundary();
    if (fault !== undefined) return <Broken />;
    return <Lazy {...props} />;
}

function Lazy(props: { page: PageRow; id: string }) {
    const [Shown, show] = useState<ComponentType<PageProps> | null>(null);
    const [isMissing, miss] = useState(false);
    useEffect(() => {
        props.page.load().then((module) => show(() => module.default), () => miss(true));
    }, []);
    if (isMissing) return <Broken />; // the server has newer files than this page
    return Shown === null ? <Skeleton lines={8} /> : <Shown key={props.id} id={props.id} />;
}

function Broken() {
    return (
        <Page title={t("broken.title")} lead={t("broken.says")}>
            <button type="button" onClick={() => location.reload()}>
                {t("broken.reload")}
            </button>
        </Page>
    );
}

function NotFound() {
    return (
        <Page title={t("not-found.title")} lead={t("not-found.says")}>
            <a href="/">{t("not-found.home")}</a>
        </Page>
    );
}
