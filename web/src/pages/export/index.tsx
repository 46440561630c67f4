import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { exportWords } from "../../words/export";

const t = wordsOf(exportWords);

export default function ExportPage(_: PageProps) {
    return <Page title={t("title")} />;
}
