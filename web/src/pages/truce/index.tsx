import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { truceWords } from "../../words/truce";

const t = wordsOf(truceWords);

export default function TrucePage(_: PageProps) {
    return <Page title={t("title")} />;
}
