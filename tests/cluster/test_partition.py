"""The wire between the stream's leader and a follower is cut for twenty seconds while workers read: the archive is as if nothing had happened.

Both nodes still reach the third, the workers reach all three. Needs root, for a network of its own.
MARSAD_CLUSTER_ARTICLES: how many articles (1,500).
"""
import time

import judging
import network
import news
from checking import check, finish, number, say, skip
from run import Run, STREAM

NODES = 3
CUT = 20  # seconds


def cut(run, mesh, file):
    """More is enqueued while the wire is cut."""
    leader, follower = run.nats.leader(STREAM), run.nats.followers(STREAM)[0]
    mesh.cut(leader.number, follower.number)
    begin = time.monotonic()
    say(f"the wire between {leader.name}, which leads, and {follower.name} is cut")
    process = run.enqueue(file)
    while time.monotonic() - begin < CUT:
        run.stored()
        time.sleep(0.2)
    mesh.heal(leader.number, follower.number)
    say(f"{run.stored()} articles are stored; the wire is mended, {run.nats.leader(STREAM).name} leads")
    return process


def main():
    articles = number("MARSAD_CLUSTER_ARTICLES", 1500)
    if not network.is_possible():
        skip("only root can make a network of its own")
    network.leave_for_own()
    mesh = network.Mesh(NODES)
    run = Run(nodes=NODES, place=mesh)
    first, second = files = news.parts(run.folder, articles, 2)
    alone = judging.expect(run, files)
    say(f"one program alone has read {articles} articles")

    run.start_workers()
    begun = run.enqueue(first)
    run.something_waits()
    run.wait_until_stored(articles // 4)
    process = cut(run, mesh, second)
    run.enqueued(begun, first)
    run.enqueued(process, second)
    run.nats.wait_until_whole(STREAM)
    run.wait_until_done()
    say(f"all is stored; the longest time in which nothing was stored: {run.longest_rest:.1f} s")
    run.stop()
    judging.judge(run, alone)
    finish()


if __name__ == "__main__":
    main()
