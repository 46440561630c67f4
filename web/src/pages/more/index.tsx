import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { moreWords } from "../../words/more";

const t = wordsOf(moreWords);

export default function MorePage(_: PageProps) {
    return <Page title={t("title")} />;
}
