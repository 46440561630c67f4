/* Feeds: how they do; one more, one less. */
import { useState } from "preact/hooks";
import { refreshAll, send, useRows } from "../../base/api";
import { useChange } from "../../base/change";
import { tellAgo, tellTime } from "../../base/dates";
import { obstacleTo } from "../../base/rights";
import { href } from "../../base/router";
import { useSession } from "../../base/session";
import type { FeedRow, Time } from "../../base/types";
import { number, wordsOf } from "../../base/words";
import { Confirm } from "../../parts/Confirm";
import { Needs } from "../../parts/Needs";
import { FaultNote, tellPeople } from "../../parts/Status";
import type { Column } from "../../parts/Table";
import { AskedTable } from "../../parts/Table";
import { sourcesWords } from "../../words/sources";
import { AddFeed } from "./AddFeed";
import { feedState } from "./feeds";

const t = wordsOf(sourcesWords);
const ALL = 1000;

const ago = (time: Time | null) => (time === null ? "–" : <span title={tellTime(time)}>{tellAgo(time)}</span>);

function State(props: { feed: FeedRow }) {
    const { feed } = props;
    const state = feedState(feed, Date.now());
    return (
        <>
            <span class={state === "failing" || state === "silent" ? "mark mark-gap" : "mark"}>
                {state === "failing" ? t("state.failing", { n: feed.failures }) : t(`state.${state}`)}
            </span>
            {feed.reason !== null && feed.reason !== "" && state === "failing" && (
                <div class="hint">
                    <bdi>{feed.reason}</bdi>
                </div>
            )}
        </>
    );
}

/* The address is no link: opening it would tell the other side who watches it. */
function Name(props: { feed: FeedRow }) {
    return (
        <>
            {props.feed.name === "" ? <bdi class="address">{props.feed.feed}</bdi> : <bdi>{props.feed.name}</bdi>}
            {props.feed.name !== "" && (
                <div class="hint address" dir="ltr">
                    {props.feed.feed}
                </div>
            )}
            {props.feed.pages !== 0 && <div class="hint">{t("pages")}</div>}
        </>
    );
}

const nextTry = (feed: FeedRow) => (feed.next_try !== null && Date.parse(feed.next_try) > Date.now() ? ago(feed.next_try) : t("next.due"));

const columns = (onRemove: ((feed: FeedRow) => void) | null): Column<FeedRow>[] => [
    { name: "feed", title: t("feed"), isMain: true, cell: (feed) => <Name feed={feed} /> },
    { name: "state", title: t("state"), cell: (feed) => <State feed={feed} /> },
    { name: "silent", title: t("silent-since"), cell: (feed) => ago(feed.silent_since) },
    { name: "success", title: t("success"), cell: (feed) => ago(feed.last_success) },
    { name: "next", title: t("next"), cell: nextTry },
    { name: "articles", title: t("articles"), align: "end", cell: (feed) => number(feed.articles) },
    { name: "unchanged", title: t("unchanged"), align: "end", isQuiet: true, cell: (feed) => number(feed.unchanged) },
    ...(onRemove === null
        ? []
        : [
              {
                  name: "do",
                  title: "",
                  cell: (feed: FeedRow) => (
                      <button type="button" onClick={() => onRemove(feed)} aria-label={t("remove.of", { name: feed.name === "" ? feed.feed : feed.name })}>
                          {t("remove")}
                      </button>
                  ),
              },
          ]),
];

export function Feeds() {
    const mayEdit = obstacleTo(useSession(), "edit") === null;
    const asked = useRows<FeedRow>("/feeds", { limit: ALL });
    const [removing, remove] = useState<FeedRow | null>(null);
    return (
        <>
            {mayEdit ? <AddFeed /> : <Needs right="edit" />}
            <AskedTable
                caption={t("feeds.table")}
                columns={columns(mayEdit ? remove : null)}
                keyOf={(feed) => feed.feed}
                asked={asked}
                whyEmpty={t("feeds.empty")}
                hasKeys
            />
            {removing !== null && <RemoveFeed feed={removing} onClose={() => remove(null)} />}
        </>
    );
}

function RemoveFeed(props: { feed: FeedRow; onClose: () => void }) {
    const { feed } = props;
    const change = useChange();
    const name = feed.name === "" ? feed.feed : feed.name;
    const done = () => {
        tellPeople(t("removed", { name }));
        props.onClose();
        refreshAll();
    };
    return (
        <Confirm
            title={t("remove.title", { name })}
            does={t("remove.does")}
            isBusy={change.isBusy}
            onDone={() => change.run(() => send("DELETE", href("/feeds", { url: feed.feed })), done)}
            onClose={props.onClose}
        >
            <p class="address" dir="ltr">
                {feed.feed}
            </p>
            <p>{t("remove.says")}</p>
            {change.fault !== null && <FaultNote fault={change.fault} />}
        </Confirm>
    );
}
