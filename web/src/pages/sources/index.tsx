import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { Tabs, useTab } from "../../parts/Tabs";
import { sourcesWords } from "../../words/sources";
import "../manage.css";
import { Feeds } from "./Feeds";
import { Batches, Problems } from "./History";
import { Outlets } from "./Outlets";

const t = wordsOf(sourcesWords);
const TABS = ["outlets", "feeds", "problems", "batches"] as const;

export default function SourcesPage(_: PageProps) {
    const tabs = TABS.map((name) => ({ name, title: t(`tab.${name}`) }));
    const tab = useTab(tabs);
    return (
        <Page title={t("title")} lead={t("lead")} actions={<a class="button" href="/import">{t("import")}</a>} isWide>
            <Tabs label={t("tabs")} tabs={tabs} />
            <div class="stack">
                {tab === "outlets" && <Outlets />}
                {tab === "feeds" && <Feeds />}
                {tab === "problems" && <Problems />}
                {tab === "batches" && <Batches />}
            </div>
        </Page>
    );
}
