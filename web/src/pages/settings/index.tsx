import type { PageProps } from "../../app/pages";
import { obstacleTo } from "../../base/rights";
import { useSession } from "../../base/session";
import { wordsOf } from "../../base/words";
import { Needs } from "../../parts/Needs";
import { Page } from "../../parts/Page";
import { Tabs, useTab } from "../../parts/Tabs";
import { settingsWords } from "../../words/settings";
import "../manage.css";
import { Log } from "./Log";
import { Office } from "./Office";
import { Proposals } from "./Proposals";
import { Trust } from "./Trust";
import { View } from "./View";

const t = wordsOf(settingsWords);
const TABS = ["office", "trust", "log", "proposals", "view"] as const;

export default function SettingsPage(_: PageProps) {
    const isReader = obstacleTo(useSession(), "read") === null;
    const tabs = TABS.map((name) => ({ name, title: t(`tab.${name}`) }));
    const tab = useTab(tabs);
    return (
        <Page title={t("title")} isWide>
            <Tabs label={t("tabs")} tabs={tabs} />
            <div class="stack">
                {tab === "view" ? <View /> : !isReader ? <Needs right="read" /> : null}
                {isReader && tab === "office" && <Office />}
                {isReader && tab === "trust" && <Trust />}
                {isReader && tab === "log" && <Log />}
                {isReader && tab === "proposals" && <Proposals />}
            </div>
        </Page>
    );
}
