import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { placesWords } from "../../words/places";

const t = wordsOf(placesWords);

export default function PlacesPage(_: PageProps) {
    return <Page title={t("title")} />;
}
