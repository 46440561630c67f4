/* One bulletin as it was kept: never changed, signed by a second person, corrected by another one. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useAgreementTitles } from "../../base/agreements";
import { refreshAll, send, useAsked } from "../../base/api";
import { tellDay, tellTime } from "../../base/dates";
import { href, oneOf, useQuery } from "../../base/router";
import { mayEdit, mayRelease, useSession } from "../../base/session";
import type { BulletinRow, Table } from "../../base/types";
import { wordsOf } from "../../base/words";
import { Dialog, DialogFoot } from "../../parts/Dialog";
import { Page } from "../../parts/Page";
import { EmptyNote, FaultNote, Skeleton, tellFault, tellPeople } from "../../parts/Status";
import { Tabs } from "../../parts/Tabs";
import { bulletinWords } from "../../words/bulletins";
import { Changes } from "./Changes";
import { DocumentFrame, addressOf } from "./Frame";
import { SignedMark } from "./List";
import { whyNotSign } from "./signing";

const t = wordsOf(bulletinWords);
const FORMS = ["html", "print", "text"] as const;
const FIELDS = { form: oneOf(FORMS, "html") };

export function BulletinPage(props: { number: number }) {
    const title = t("bulletin", { number: String(props.number) });
    // rows are in the order of their numbers: the one behind the number before
    const asked = useAsked<Table<BulletinRow>>("/bulletins", { after: props.number > 1 ? props.number - 1 : null, limit: 1 });
    const bulletin = asked.value?.rows.find((b) => b.number === props.number);
    return (
        <Page title={title} lead={<a href="/bulletins">{t("all")}</a>} isWide>
            {asked.fault !== null && <FaultNote fault={asked.fault} onRetry={asked.reload} />}
            {asked.value === null && asked.fault === null && <Skeleton lines={6} />}
            {asked.value !== null && bulletin === undefined && <EmptyNote why={t("not-there", { number: String(props.number) })} />}
            {bulletin !== undefined && <Kept bulletin={bulletin} />}
        </Page>
    );
}

function Kept(props: { bulletin: BulletinRow }) {
    const b = props.bulletin;
    const [{ form }] = useQuery(FIELDS);
    const path = `/bulletins/${b.number}`;
    const download = (f: (typeof FORMS)[number]) => `marsad-bulletin-${b.number}${f === "print" ? "-print" : ""}.${f === "text" ? "txt" : "html"}`;
    return (
        <>
            <About bulletin={b} />
            <Signing bulletin={b} />
            <p class="bulletin-downloads">
                {t("download")}{" "}
                {FORMS.map((f) => (
                    <a key={f} href={addressOf(path, { form: f })} download={download(f)}>
                        {t(`form.${f}`)}
                    </a>
                ))}
            </p>
            {b.corrects !== null && (
                <Changes number={b.corrects} before={{ path: `/bulletins/${b.corrects}`, query: { form: "text" } }} after={{ path, query: { form: "text" } }} />
            )}
            <Tabs label={t("forms")} field="form" tabs={FORMS.map((f) => ({ name: f, title: t(`form.${f}`) }))} />
            <DocumentFrame title={t("frame", { number: String(b.number) })} path={path} query={{ form }} />
        </>
    );
}

function About(props: { bulletin: BulletinRow }) {
    const b = props.bulletin;
    const titleOf = useAgreementTitles();
    const rows: { title: string; says: ComponentChildren; isHash?: boolean }[] = [
        { title: t("day"), says: tellDay(b.day) },
        { title: t("prepared"), says: t.rich("by-at", { who: <bdi>{b.prepared_by}</bdi>, at: tellTime(b.prepared) }) },
        ...(b.signed === null ? [] : [{ title: t("signature"), says: t.rich("by-at", { who: <bdi>{b.signed_by ?? ""}</bdi>, at: tellTime(b.signed) }) }]),
        { title: t("cutoff"), says: <bdi>{`${b.cutoff} ${b.zone}`}</bdi> },
        { title: t("agreement"), says: b.agreement === null ? t("none") : <bdi title={b.agreement}>{titleOf(b.agreement)}</bdi> },
        { title: t("rule"), says: <bdi>{b.rule ?? t("none")}</bdi> },
        { title: t("profile"), says: t.named("profile", b.profile) },
        { title: t("languages"), says: t.named("language", b.languages) },
        { title: t("sha256"), says: b.sha256, isHash: true },
        { title: t("root"), says: b.root ?? t("none"), isHash: true },
    ];
    return (
        <section>
            <p>
                <SignedMark bulletin={b} /> {b.signed === null && <span class="quiet">{t("unsigned.says")}</span>}
            </p>
            <dl class="facts">
                {rows.map((row) => (
                    <div key={row.title} class={row.isHash === true ? "is-wide" : ""}>
                        <dt>{row.title}</dt>
                        <dd>{row.isHash === true ? <code class="hash">{row.says}</code> : <span>{row.says}</span>}</dd>
                    </div>
                ))}
            </dl>
            <p class="hint">{t("root.says", { line: b.line })}</p>
        </section>
    );
}

function Signing(props: { bulletin: BulletinRow }) {
    const b = props.bulletin;
    const session = useSession();
    const [isAsking, ask] = useState(false);
    const refusal = whyNotSign(b, { person: session.person, isReleaser: mayRelease(session), isReadOnly: session.mode === "read-only" });
    const sign = async () => {
        ask(false);
        const outcome = await send("POST", `/bulletins/${b.number}/sign`);
        if (!outcome.ok) return tellFault(outcome.fault);
        tellPeople(t("sign.done", { number: String(b.number) }));
        refreshAll();
    };
    const correct = href("/truce", { tab: "bulletin", agreement: b.agreement, rule: b.rule, from: b.day, to: b.day, languages: b.languages, corrects: b.number });
    return (
        <section class="bulletin-acts">
            <div class="actions">
                {refusal === null && (
                    <button type="button" class="primary" onClick={() => ask(true)}>
                        {t("sign")}
                    </button>
                )}
                {mayEdit(session) && (
                    <a class="button" href={correct}>
                        {t("correct")}
                    </a>
                )}
            </div>
            {refusal !== null && refusal !== "signed" && <p class="note">{t(`sign.refused.${refusal}`)}</p>}
            {isAsking && (
                <Dialog title={t("sign.title", { number: String(b.number) })} onClose={() => ask(false)}>
                    <p>{t("sign.says", { who: b.prepared_by })}</p>
                    <p class="hint">{t("sign.once")}</p>
                    <DialogFoot does={t("sign")} onDone={() => void sign()} onCancel={() => ask(false)} />
                </Dialog>
            )}
        </section>
    );
}
