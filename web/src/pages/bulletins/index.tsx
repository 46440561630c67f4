import type { PageProps } from "../../app/pages";
import { href } from "../../base/router";
import { mayEdit, useSession } from "../../base/session";
import { wordsOf } from "../../base/words";
import { Page } from "../../parts/Page";
import { EmptyNote } from "../../parts/Status";
import { bulletinWords } from "../../words/bulletins";
import { BulletinList } from "./List";
import { BulletinPage } from "./One";
import "./style.css";

const t = wordsOf(bulletinWords);

export default function BulletinsPage(props: PageProps) {
    const session = useSession();
    if (/^[1-9]\d{0,8}$/.test(props.id)) return <BulletinPage number={Number(props.id)} />;
    const prepare = mayEdit(session) && (
        <a class="button" href={href("/truce", { tab: "bulletin" })}>
            {t("prepare")}
        </a>
    );
    return (
        <Page title={t("title")} lead={t("lead")} actions={prepare} isWide>
            {props.id === "" ? <BulletinList hasKeys /> : <EmptyNote why={t("not-there", { number: props.id })} />}
        </Page>
    );
}
