import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { settingsWords } from "../../words/settings";

const t = wordsOf(settingsWords);

export default function SettingsPage(_: PageProps) {
    return <Page title={t("title")} />;
}
