import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { articleWords } from "../../words/article";

const t = wordsOf(articleWords);

export default function ArticlePage(_: PageProps) {
    return <Page title={t("title")} />;
}
