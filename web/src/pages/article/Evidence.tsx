/* What the report is: its hashes, its bytes, the reports that it is copied from or by. */
import { API } from "../../base/api";
import { tellDay, tellTime } from "../../base/dates";
import type { Article } from "../../base/types";
import { wordsOf } from "../../base/words";
import { articleWords } from "../../words/article";

const t = wordsOf(articleWords);

/* Addresses come from outside: a link is only what the web itself serves. */
export const isWebAddress = (address: string): boolean => /^https?:\/\//i.test(address);

export function Evidence({ article }: { article: Article }) {
    return (
        <section class="sheet evidence" aria-labelledby="evidence-head">
            <h2 id="evidence-head">{t("evidence")}</h2>
            <div class="sheet-body">
                <dl class="facts">
                    <dt>{t("evidence.sha256")}</dt>
                    <dd>
                        <code>{article.sha256}</code>
                        <p class="quiet">{t("evidence.checked")}</p>
                        <a href={`${API}/articles/${encodeURIComponent(article.id)}/evidence`} download>
                            {t("evidence.download")}
                        </a>{" "}
                        <span class="quiet">
                            {t("evidence.size", { n: article.size })} · <bdi>{article.media}</bdi>
                        </span>
                    </dd>
                    <dt>{t("evidence.text")}</dt>
                    <dd>
                        <code>{article.text_sha256}</code>
                    </dd>
                    <dt>{t("evidence.reader")}</dt>
                    <dd>
                        <bdi>{article.reader}</bdi>
                        <span class="quiet">
                            {" "}
                            · {t("evidence.stored")} {tellTime(article.stored)}
                        </span>
                    </dd>
                    {article.note != null && article.note !== "" && (
                        <>
                            <dt>{t("evidence.note")}</dt>
                            <dd>
                                <bdi>{article.note}</bdi>
                            </dd>
                        </>
                    )}
                    <dt>{t("copies")}</dt>
                    <dd>
                        <Copies article={article} />
                    </dd>
                </dl>
            </div>
        </section>
    );
}

function Copies({ article }: { article: Article }) {
    const copies = article.copies.filter((copy) => copy.id !== article.id);
    const isCopy = article.copy_of != null && article.copy_of !== article.id;
    return (
        <>
            {isCopy && (
                <p>
                    {t("copies.of")} <a href={`/article/${article.copy_of ?? ""}`}>{article.copy_of}</a>
                </p>
            )}
            {article.copy_of === article.id && <p>{t("copies.first")}</p>}
            <p>{t("copies.count", { n: copies.length })}</p>
            {copies.length > 0 && (
                <ul>
                    {copies.map((copy) => (
                        <li key={copy.id}>
                            <a href={`/article/${copy.id}`}>
                                <bdi>{copy.outlet}</bdi>
                                {copy.published !== null && ` · ${tellDay(copy.published, "short")}`}
                            </a>
                        </li>
                    ))}
                </ul>
            )}
        </>
    );
}
