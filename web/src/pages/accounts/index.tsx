import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { Tabs, useTab } from "../../parts/Tabs";
import { accountsWords } from "../../words/accounts";
import "../manage.css";
import { People } from "./People";
import { Roles } from "./Roles";
import { Tokens } from "./Tokens";

const t = wordsOf(accountsWords);
const TABS = ["people", "roles", "tokens"] as const;

export default function AccountsPage(_: PageProps) {
    const tabs = TABS.map((name) => ({ name, title: t(`tab.${name}`) }));
    const tab = useTab(tabs);
    return (
        <Page title={t("title")} isWide>
            <Tabs label={t("tabs")} tabs={tabs} />
            <div class="stack">
                {tab === "people" && <People />}
                {tab === "roles" && <Roles />}
                {tab === "tokens" && <Tokens />}
            </div>
        </Page>
    );
}
