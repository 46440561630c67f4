/* The frame around each page: header, navigation, banners, what is new, help. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { keepSession, send } from "../base/api";
import { useKeys } from "../base/keys";
import { useNews } from "../base/live";
import { go } from "../base/router";
import { mayRead, useSession } from "../base/session";
import { wordsOf } from "../base/words";
import { Icon } from "../parts/Icon";
import { StatusRegion, tellFault } from "../parts/Status";
import { appWords } from "../words/app";
import { Help } from "./Help";
import { LanguageSwitch, switchLanguage } from "./LanguageSwitch";
import type { PageName } from "./pages";

const t = wordsOf(appWords);

export type Leading = Extract<PageName, "today" | "map" | "control" | "truce" | "export" | "sources" | "more">;
const leading: readonly { name: Leading; path: string; key: string; isPublic: boolean; isSmall: boolean }[] = [
    { name: "today", path: "/", key: "g t", isPublic: true, isSmall: true },
    { name: "map", path: "/map", key: "g m", isPublic: true, isSmall: true },
    { name: "control", path: "/control", key: "g c", isPublic: true, isSmall: true },
    { name: "truce", path: "/truce", key: "g h", isPublic: true, isSmall: true },
    { name: "export", path: "/export", key: "g e", isPublic: true, isSmall: false },
    { name: "sources", path: "/sources", key: "g s", isPublic: false, isSmall: false },
    { name: "more", path: "/more", key: "g g", isPublic: true, isSmall: true },
];

// What the bar marks while a page is shown that does not stand in it.
const under: Partial<Record<PageName, Leading>> = { incident: "map", article: "today", bulletins: "truce", releases: "export" };
const leadingOf = (page: PageName | null): Leading | null => leading.find((one) => one.name === page)?.name ?? (page === null ? null : (under[page] ?? "more"));

function focusSearch(): void {
    document.querySelector<HTMLInputElement>("main input[type=search]")?.focus();
}

function Navigation(props: { at: Leading | null }) {
    const isReader = mayRead(useSession());
    return (
        <nav class="nav" aria-label={t("navigation")}>
            {leading
                .filter((one) => one.isPublic || isReader)
                .map((one) => (
                    <a key={one.name} href={one.path} class={one.isSmall ? "" : "nav-wide"} aria-current={one.name === props.at ? "page" : undefined}>
                        <Icon name={one.name} />
                        <span>{t(one.name === "today" && !isReader ? "page.home" : `page.${one.name}`)}</span>
                    </a>
                ))}
        </nav>
    );
}

function Person(props: { onLogin: () => void }) {
    const session = useSession();
    const leave = async () => {
        const outcome = await send("DELETE", "/session");
        if (!outcome.ok) return tellFault(outcome.fault);
        keepSession({ ...session, person: null, roles: [], csrf: null, must_change: false });
        go("/");
    };
    if (session.mode === "read-only") return null;
    if (session.person === null)
        return (
            <button type="button" onClick={props.onLogin}>
                {t("login")}
            </button>
        );
    return (
        <>
            <span class="person" title={session.roles.map((role) => t(`role.${role}`)).join(" · ")}>
                <bdi>{session.person}</bdi>
            </span>
            <button type="button" class="plain" onClick={() => void leave()}>
                {t("logout")}
            </button>
        </>
    );
}

function Banners() {
    const session = useSession();
    const says = session.mode === "read-only" ? t("banner.read-only") : session.public && !mayRead(session) ? t("banner.public") : null;
    if (says === null) return null;
    return (
        <aside aria-label={t("banner")}>
            <p class="banner">{says}</p>
        </aside>
    );
}

export function Shell(props: { at: PageName | null; onLogin: () => void; children: ComponentChildren }) {
    const news = useNews(mayRead(useSession()));
    const [isHelping, help] = useState(false);
    useKeys([
        ...leading.map((one) => ({ key: one.key, says: t("key.go", { page: t(`page.${one.name}`) }), run: () => go(one.path) })),
        { key: "/", says: t("key.search"), run: focusSearch },
        { key: "r", says: t("key.refresh"), run: news.take },
        { key: "L", says: t("key.language"), run: switchLanguage },
        { key: "?", says: t("key.help"), run: () => help(true) },
    ]);
    return (
        <>
            <a class="skip" href="#content">
                {t("to-content")}
            </a>
            <header class="top">
                <a class="wordmark" href="/">
                    {t("marsad")}
                </a>
                <Navigation at={leadingOf(props.at)} />
                <div class="top-end">
                    <button type="button" class="plain help-button" onClick={() => help(true)} title={t("help")} aria-label={t("help")}>
                        <kbd aria-hidden="true">?</kbd>
                    </button>
                    <LanguageSwitch />
                    <Person onLogin={props.onLogin} />
                </div>
            </header>
            <Banners />
            <div class="news" role="status">
                {news.count > 0 && (
                    <p>
                        {t("news.count", { n: news.count })}{" "}
                        <button type="button" onClick={news.take}>
                            {t("news.take")}
                        </button>
                    </p>
                )}
            </div>
            <main id="content" tabIndex={-1}>
                {props.children}
            </main>
            <StatusRegion />
            {isHelping && <Help onClose={() => help(false)} />}
        </>
    );
}
