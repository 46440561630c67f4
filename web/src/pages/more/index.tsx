/* All pages that do not stand in the bar, for phones and for who looks for something. */
import type { PageName, PageProps } from "../../app/pages";
import type { Right } from "../../base/rights";
import { obstacleTo, rolesThatMay } from "../../base/rights";
import { useSession } from "../../base/session";
import { wordsOf } from "../../base/words";
import { roleNames } from "../../parts/Needs";
import { Page } from "../../parts/Page";
import { appWords } from "../../words/app";
import { moreWords } from "../../words/more";
import "../manage.css";

const t = wordsOf(moreWords);
const app = wordsOf(appWords);

type Name = Extract<PageName, "control" | "actors" | "places" | "bulletins" | "export" | "releases" | "sources" | "import" | "accounts" | "settings">;
interface Entry {
    name: Name | "proposals";
    path: string;
    right: Right | null; // null: everybody who sees the page at all
}

const groups: readonly { name: "read" | "publish" | "feed" | "keep"; entries: readonly Entry[] }[] = [
    {
        name: "read",
        entries: [
            { name: "control", path: "/control", right: null },
            { name: "actors", path: "/actors", right: null },
            { name: "places", path: "/places", right: null },
        ],
    },
    {
        name: "publish",
        entries: [
            { name: "bulletins", path: "/bulletins", right: null },
            { name: "export", path: "/export", right: null },
            { name: "releases", path: "/releases", right: null },
        ],
    },
    {
        name: "feed",
        entries: [
            { name: "sources", path: "/sources", right: "read" },
            { name: "import", path: "/import", right: "edit" },
        ],
    },
    {
        name: "keep",
        entries: [
            { name: "accounts", path: "/accounts", right: "keep" },
            { name: "settings", path: "/settings", right: "read" },
            { name: "proposals", path: "/settings?tab=proposals", right: "read" },
        ],
    },
];

function Need(props: { right: Right | null }) {
    const session = useSession();
    const obstacle = props.right === null ? null : obstacleTo(session, props.right);
    if (props.right === null || obstacle === null) return null;
    const says = obstacle === "role" ? t("needs", { roles: roleNames(rolesThatMay(props.right)) }) : t(obstacle === "login" ? "needs.read" : "needs.read-only");
    return <span class="mark">{says}</span>;
}

export default function MorePage(_: PageProps) {
    return (
        <Page title={t("title")}>
            {groups.map((group) => (
                <section key={group.name} class="sheet">
                    <header class="sheet-head">
                        <h2>{t(`group.${group.name}`)}</h2>
                    </header>
                    <ul class="links">
                        {group.entries.map(({ name, path, right }) => (
                            <li key={name}>
                                <a href={path}>
                                    <strong>{name === "proposals" ? t("proposals") : app(`page.${name}`)}</strong>
                                    <span class="hint">{t(`${name}.says`)}</span>
                                </a>
                                <Need right={right} />
                            </li>
                        ))}
                    </ul>
                </section>
            ))}
        </Page>
    );
}
