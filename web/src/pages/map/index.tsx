import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { mapWords } from "../../words/map";

const t = wordsOf(mapWords);

export default function MapPage(_: PageProps) {
    return <Page title={t("title")} />;
}
