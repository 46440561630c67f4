import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { bulletinsWords } from "../../words/bulletins";

const t = wordsOf(bulletinsWords);

export default function BulletinsPage(_: PageProps) {
    return <Page title={t("title")} />;
}
