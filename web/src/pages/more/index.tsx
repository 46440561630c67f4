/* Ways to the pages that do not stand in the bar. */
import { mayEdit, mayKeep, mayRead, useSession } from "../../base/session";
import type { Session } from "../../base/types";
import { wordsOf } from "../../base/words";
import type { IconName } from "../../parts/Icon";
import { Icon } from "../../parts/Icon";
import { Page } from "../../parts/Page";
import { appWords } from "../../words/app";
import { moreWords } from "../../words/more";
import "./style.css";

const t = wordsOf(moreWords);
const app = wordsOf(appWords);

const everybody = (): boolean => true;
const ways = [
    { name: "bulletins", isFor: everybody },
    { name: "export", isFor: everybody },
    { name: "releases", isFor: everybody },
    { name: "sources", isFor: mayRead },
    { name: "import", isFor: mayEdit },
    { name: "actors", isFor: everybody },
    { name: "places", isFor: everybody },
    { name: "accounts", isFor: mayKeep },
    { name: "settings", isFor: mayRead },
] as const satisfies readonly { name: IconName; isFor: (session: Session) => boolean }[];

export default function MorePage() {
    const session = useSession();
    return (
        <Page title={t("title")}>
            <ul class="ways">
                {ways
                    .filter((way) => way.isFor(session))
                    .map((way) => (
                        <li key={way.name}>
                            <a class="sheet" href={`/${way.name}`}>
                                <Icon name={way.name} />
                                <span>
                                    <strong>{app(`page.${way.name}`)}</strong>
                                    <span class="quiet">{app(`about.${way.name}`)}</span>
                                </span>
                            </a>
                        </li>
                    ))}
            </ul>
            <p class="quiet">{t("version", { version: session.version })}</p>
        </Page>
    );
}
