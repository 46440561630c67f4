import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { todayWords } from "../../words/today";

const t = wordsOf(todayWords);

export default function TodayPage(_: PageProps) {
    return <Page title={t("title")} />;
}
