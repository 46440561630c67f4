import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { releasesWords } from "../../words/releases";

const t = wordsOf(releasesWords);

export default function ReleasesPage(_: PageProps) {
    return <Page title={t("title")} />;
}
