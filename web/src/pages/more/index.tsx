/* Ways to the pages that do not stand in the bar. What somebody may not use is shown too, with what it needs. */
import type { Right } from "../../base/rights";
import { obstacleTo, rolesThatMay } from "../../base/rights";
import { useSession } from "../../base/session";
import { wordsOf } from "../../base/words";
import type { IconName } from "../../parts/Icon";
import { Icon } from "../../parts/Icon";
import { roleNames } from "../../parts/Needs";
import { Page } from "../../parts/Page";
import { appWords } from "../../words/app";
import { moreWords } from "../../words/more";
import "./style.css";

const t = wordsOf(moreWords);
const app = wordsOf(appWords);

/* `right` is needed to do anything there; null: everybody who sees the page at all. */
const ways = [
    { name: "bulletins", right: null },
    { name: "export", right: null },
    { name: "releases", right: null },
    { name: "sources", right: "read" },
    { name: "import", right: "edit" },
    { name: "actors", right: null },
    { name: "places", right: null },
    { name: "accounts", right: "read" }, // one's own API tokens are there too
    { name: "settings", right: null },
] as const satisfies readonly { name: IconName; right: Right | null }[];

function Need(props: { right: Right | null }) {
    const session = useSession();
    const obstacle = props.right === null ? null : obstacleTo(session, props.right);
    if (props.right === null || obstacle === null) return null;
    const says = obstacle === "role" ? t("needs.role", { roles: roleNames(rolesThatMay(props.right)) }) : t(`needs.${obstacle}`);
    return <span class="hint">{says}</span>;
}

function Way(props: { address: string; icon: IconName; name: string; about: string; right: Right | null }) {
    return (
        <li>
            <a class="sheet" href={props.address}>
                <Icon name={props.icon} />
                <span>
                    <strong>{props.name}</strong>
                    <span class="quiet">{props.about}</span>
                    <Need right={props.right} />
                </span>
            </a>
        </li>
    );
}

export default function MorePage() {
    const session = useSession();
    return (
        <Page title={t("title")}>
            <ul class="ways">
                {ways.map(({ name, right }) => (
                    <Way key={name} address={`/${name}`} icon={name} name={app(`page.${name}`)} about={app(`about.${name}`)} right={right} />
                ))}
                <Way address="/settings?tab=proposals" icon="settings" name={t("proposals")} about={t("proposals.about")} right="read" />
            </ul>
            <p class="quiet">{t("version", { version: session.version })}</p>
        </Page>
    );
}
