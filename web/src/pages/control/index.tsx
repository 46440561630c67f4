import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { controlWords } from "../../words/control";

const t = wordsOf(controlWords);

export default function ControlPage(_: PageProps) {
    return <Page title={t("title")} />;
}
