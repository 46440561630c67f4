"""What docs/scale.md tells to do, done: its layout with TLS, keys and roles; nodes that are retired one by one; a standby that takes over; a restore to a point in time.

MARSAD_CLUSTER_ARTICLES: how many articles (420).
"""
import os
import shutil
import time

import belongings
import command
import judging
import layout
import nats
import news
from broker_client import Client, Refused
from checking import check, finish, number, say, skip
from run import STREAM

WORKERS = 2
NODES = 3
PATIENCE = 60  # seconds


# --- one node after the other --------------------------------------------------------------------------------------------


def renew_nodes(run, files):
    """Each is retired and started while more of the news is enqueued and read."""
    for node, file in zip(run.nats.nodes, files):
        process = run.enqueue(file)
        run.something_waits()
        run.wait_until_stored((run.stored() or 0) + 1)
        begin = time.monotonic()
        status = run.nats.retire(node)
        check(status == 0, f"{node.name}, retired, ends with {status}: {node.messages()}")
        say(f"{node.name} is retired after {time.monotonic() - begin:.1f} s")
        run.nats.start(node)
        run.enqueued(process, file)
        run.nats.wait_until_whole(STREAM)
    run.wait_until_done()


# --- a stream that is gone ------------------------------------------------------------------------------------------------


def lose_stream(run, file):
    """Workers may not make it, and wait; who enqueues makes it, and what comes then is read."""
    keeper = client_of(run, "keeper")
    check(keeper.may_publish(f"{STREAM_API}.DELETE.{STREAM}"), "the keeper may not delete the stream")
    keeper.close()
    wait_for("the stream is gone", lambda: not any(run.nats.stream(node, STREAM) for node in run.nats.nodes))
    for number in range(WORKERS):
        wait_for("workers say that the queue is away", lambda said=f"worker-{number}": "queue away" in run.said(said))
    check(not any(run.nats.stream(node, STREAM) for node in run.nats.nodes), "somebody has made the stream who may not")
    run.something_waits()
    run.enqueued(run.enqueue(file), file)
    run.wait_until_done()
    run.nats.wait_until_whole(STREAM)


# --- who may what ---------------------------------------------------------------------------------------------------------

STREAM_API, CONSUMER_API = "$JS.API.STREAM", "$JS.API.CONSUMER"
MAY_NOT = {
    "worker": [f"{STREAM}.parcels", f"{STREAM_API}.CREATE.{STREAM}", f"{STREAM_API}.UPDATE.{STREAM}", f"{STREAM_API}.PURGE.{STREAM}",
               f"{STREAM_API}.DELETE.{STREAM}", f"{STREAM_API}.MSG.GET.{STREAM}", f"{CONSUMER_API}.DELETE.{STREAM}.readers"],
    "enqueue": [f"{CONSUMER_API}.MSG.NEXT.{STREAM}.readers", f"{CONSUMER_API}.DURABLE.CREATE.{STREAM}.mine", f"$JS.ACK.{STREAM}.readers.1.1.1.1.0",
                f"{STREAM_API}.MSG.GET.{STREAM}", f"{STREAM_API}.UPDATE.{STREAM}", f"{STREAM_API}.PURGE.{STREAM}", f"{STREAM_API}.DELETE.{STREAM}"],
    "status": [f"{STREAM}.parcels", f"{CONSUMER_API}.MSG.NEXT.{STREAM}.readers", f"{STREAM_API}.DELETE.{STREAM}"],
}
MAY = {"worker": f"{CONSUMER_API}.INFO.{STREAM}.readers", "enqueue": f"{STREAM_API}.INFO.{STREAM}", "status": f"{STREAM_API}.INFO.{STREAM}"}


def client_of(run, user):
    return Client(run.nats.nodes[0], run.identity.authority(), open_seed(run, user), run.identity.public[user])


def try_rights(run):
    node, authority = run.nats.nodes[0], run.identity.authority()
    before = run.nats.stream(run.nats.leader(STREAM), STREAM)["state"]
    for user, subjects in MAY_NOT.items():
        client = client_of(run, user)
        for subject in subjects:
            check(not client.may_publish(subject), f"{user} may publish to {subject}")
        for subject in (">", f"{STREAM}.parcels", "$JS.API.>"):
            check(not client.may_subscribe(subject), f"{user} may listen to {subject}")
        check(client.may_publish(MAY[user]) and client.may_subscribe("_INBOX.test"), f"{user} may not do its work")
        client.close()
    for seed, public in ((None, None), (open_seed(run, "worker"), run.identity.public["keeper"])):
        try:
            Client(node, authority, seed, public)
            check(False, "a client without a key of its own is let in")
        except Refused:
            pass
    after = run.nats.stream(run.nats.leader(STREAM), STREAM)["state"]
    check((after["messages"], after["last_seq"]) == (before["messages"], before["last_seq"]), f"the stream was {before}, and is {after}")


def open_seed(run, user):
    with open(run.identity.seed(user), encoding="ascii") as seed:
        return seed.read().strip()


def try_refused_commands(run):
    """A command that may not send says so, and ends."""
    file = run.path("one.jsonl")
    with open(file, "w", encoding="utf-8") as out:
        out.write('{"id": "one", "source": "x", "text": "قصف"}\n')
    words = ["enqueue", "--archive", run.path("small.marsad"), *run.options_of("worker")[2:], file]
    try:
        command.run(*words)
        check(False, "who may only fetch has sent")
    except RuntimeError as fault:
        check("does not permit" in str(fault), f"who may not send is told: {fault}")


def try_logins(run):
    """PostgreSQL lets nobody in without TLS, and nobody change what is no business of his."""
    for role, mode, statement, want in (("marsad_work", "disable", "SELECT 1", "pg_hba.conf"),
                                        ("marsad_look", "verify-full", "DELETE FROM outbox", "permission denied"),
                                        ("marsad_work", "verify-full", "DELETE FROM log", "permission denied"),
                                        ("marsad_work", "verify-full", "DROP TABLE record", "must be owner")):
        try:
            belongings.run(["psql", "--no-psqlrc", "--quiet", "--dbname", run.postgres.login(role, "news", mode), "--command", f"SET search_path = marsad; {statement}"])
            check(False, f"{role} may: {statement} ({mode})")
        except belongings.Failed as fault:
            check(want in str(fault), f"{role} is refused '{statement}' for another reason: {fault}")


# --- copies ---------------------------------------------------------------------------------------------------------------


def fingerprint(archive):
    return command.run("archive", "fingerprint", archive)


def wait_for(what, is_so):
    until = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > until:
            raise RuntimeError(f"within {PATIENCE} s: {what}")
        time.sleep(0.1)


def start_standby(primary):
    return layout.Copied(primary, lambda folder: primary.copy(folder, "--create-slot", "--slot=standby", "--write-recovery-conf"))


def make_standby_anew(primary, standby):
    """What is left of a standby that was away for too long: its slot, which must go before another one is made."""
    standby.stop_at_once()
    try:
        start_standby(primary)
        check(False, "a standby is made though the slot of another one is there")
    except belongings.Failed as fault:
        check("already exists" in str(fault), f"a standby is not made for another reason: {fault}")
    wait_for("the slot is let go", lambda: primary.sql("SELECT active FROM pg_replication_slots WHERE slot_name = 'standby'").strip() == "f")
    primary.sql("SELECT pg_drop_replication_slot('standby')")
    return start_standby(primary)


def try_archiving_again(primary):
    """A server that dies before it could note that a file of its log is archived archives it again."""
    wait_for("a file is archived", lambda: primary.sql("SELECT last_archived_wal FROM pg_stat_archiver").strip())
    name = primary.sql("SELECT last_archived_wal FROM pg_stat_archiver").strip()
    done = os.path.join(primary.data, "pg_wal", "archive_status", f"{name}.done")
    os.rename(done, done.replace(".done", ".ready"))
    primary.sql("SELECT pg_switch_wal()")
    wait_for(f"'{name}' is archived again", lambda: not os.path.exists(done.replace(".done", ".ready")))
    check(primary.sql("SELECT failed_count FROM pg_stat_archiver").strip() == "0", f"what is archived cannot be archived again: {primary.messages()}")


def destroy(primary, run):
    """What somebody did by mistake, and what tells that it happened."""
    primary.sql("SET session_replication_role = replica; DELETE FROM record", "news")
    try:
        command.run("verify", "--archive", run.archive)
        check(False, "'verify' does not see that records are gone")
    except RuntimeError:
        pass


def is_as_it_was(cluster, moment, name):
    archive = cluster.url("news")
    now = fingerprint(archive)
    check(now == moment, f"{name} holds something else: {now.decode()} and not {moment.decode()}")
    try:
        command.run("verify", "--archive", archive)
    except RuntimeError as fault:
        check(False, f"{name}: {fault}")


def take_over(run, standby, moment):
    """The standby has all that the primary had, and can be written to."""
    standby.sql("SELECT pg_promote(true, 60)")
    is_as_it_was(standby, moment, "the standby that took over")
    resent = command.run("enqueue", "--resend", "--archive", standby.login("marsad_enqueue", "news"), *run.options_of("enqueue")[2:])
    check(b"parcels sent" in resent, f"nothing is sent again: {resent.decode()}")
    say("the standby took over")


def restore(run, base, time_noted, moment):
    def fill(folder):
        shutil.copytree(base, folder)
        belongings.run(["chown", "-R", f"{primary.user.pw_uid}:{primary.user.pw_gid}", folder] if primary.user else ["true"])
        os.chmod(folder, 0o700)
        open(os.path.join(folder, "recovery.signal"), "w", encoding="ascii").close()

    primary = run.postgres
    restored = layout.Copied(primary, fill, {"restore_command": f"cp {primary.wal}/%f %p", "recovery_target_time": time_noted,
                                             "recovery_target_action": "promote", "archive_mode": "off"})
    wait_for("the restored cluster takes writes", lambda: restored.sql("SELECT pg_is_in_recovery()").strip() == "f")
    is_as_it_was(restored, moment, f"what was restored to {time_noted}")
    say("restored to the point in time")


# --- the whole ------------------------------------------------------------------------------------------------------------


def main():
    if not layout.tools_are_there():
        skip("no PostgreSQL, no nats-server, or no openssl: script/setup installs them")
    articles = number("MARSAD_CLUSTER_ARTICLES", 420)
    run = layout.Layout(WORKERS)
    node = run.nats.nodes[0]
    belongings.run([nats.PROGRAM, "-t", "-c", os.path.join(node.folder, "settings")], run.nats.user, env=node.environment)
    say("the layout stands")
    primary = run.postgres
    standby = make_standby_anew(primary, start_standby(primary))
    files = first, last, *others = news.parts(run.folder, articles, 2 + NODES)
    alone = judging.expect(run, files)

    run.start_workers()
    run.enqueued(run.enqueue(first), first)
    run.wait_until_stored(1)
    base = os.path.join(belongings.folder("base", primary.user), "base")
    primary.copy(base)  # while workers write
    primary.verify_copy(base)
    try_archiving_again(primary)
    say(f"copied when {run.stored()} articles were stored")
    renew_nodes(run, others)
    lose_stream(run, last)
    say("the stream was made again")
    run.stop()
    judging.check_counts(run, alone)
    judging.check_dead_letters(run, alone)

    try_rights(run)
    try_refused_commands(run)
    try_logins(run)
    say("rights are tried")

    moment = fingerprint(run.archive)
    time_noted = primary.sql("SELECT clock_timestamp()").strip()
    place = primary.sql("SELECT pg_current_wal_lsn()").strip()
    wait_for(f"the standby has all: {standby.messages()}", lambda: standby.sql(f"SELECT pg_last_wal_replay_lsn() >= '{place}'").strip() == "t")
    take_over(run, standby, moment)
    standby.stop_at_once()
    destroy(primary, run)
    primary.stop()  # the last of its log goes to the archive
    restore(run, base, time_noted, moment)
    finish()


if __name__ == "__main__":
    main()
