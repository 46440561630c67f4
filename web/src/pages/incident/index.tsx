import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { incidentWords } from "../../words/incident";

const t = wordsOf(incidentWords);

export default function IncidentPage(_: PageProps) {
    return <Page title={t("title")} />;
}
