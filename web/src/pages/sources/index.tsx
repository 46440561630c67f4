import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { sourcesWords } from "../../words/sources";

const t = wordsOf(sourcesWords);

export default function SourcesPage(_: PageProps) {
    return <Page title={t("title")} />;
}
