import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { actorsWords } from "../../words/actors";

const t = wordsOf(actorsWords);

export default function ActorsPage(_: PageProps) {
    return <Page title={t("title")} />;
}
