import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { importWords } from "../../words/import";

const t = wordsOf(importWords);

export default function ImportPage(_: PageProps) {
    return <Page title={t("title")} />;
}
