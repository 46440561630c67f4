import type { PageProps } from "../../app/pages";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { accountsWords } from "../../words/accounts";

const t = wordsOf(accountsWords);

export default function AccountsPage(_: PageProps) {
    return <Page title={t("title")} />;
}
