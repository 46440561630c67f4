"""Whether a run that was disturbed ends as one program alone would have ended it: `marsad ingest` of the same files into a file of SQLite."""
import command
import telling
from checking import check, complain, say


def expect(run, files):
    """What one program alone makes of the files: its archive, and a folder of what that tells."""
    archive = run.path("alone.marsad")
    command.run("ingest", "--jobs", "1", "--archive", archive, *files, fine=(0, 1))  # 1: some could not be read, as is meant
    telling.write(archive, run.path("alone"))
    return archive


def judge(run, alone):
    check_counts(run, alone)
    check_dead_letters(run, alone)
    try:
        command.run("verify", "--archive", run.archive)
    except RuntimeError as fault:
        complain(str(fault))
    telling.write(run.archive, run.path("together"))
    for difference in telling.differences(run.path("alone"), run.path("together")):
        complain(difference)


def check_counts(run, alone):
    """Nothing is missing and nothing is there twice, also where a list would not show it."""
    articles, records = telling.count(alone, "articles"), telling.count(alone, "records")
    for what, query, want in (("articles", "SELECT count(*) FROM article", articles),
                              ("different articles", "SELECT count(DISTINCT id) FROM article", articles),
                              ("log lines of articles", "SELECT count(*) FROM log WHERE what = 'article'", articles),
                              ("articles with log lines", "SELECT count(DISTINCT subject) FROM log WHERE what = 'article'", articles),
                              ("records", "SELECT count(*) FROM record", records),
                              ("different records", "SELECT count(DISTINCT id) FROM record", records),
                              ("parcels that wait", "SELECT count(*) FROM outbox", 0)):
        number = run.figure(query)
        check(number == want, f"{number} {what}, and not {want}")
    say(f"{articles} articles, {records} records")


def check_dead_letters(run, alone):
    """What one program alone could not read is what workers put aside."""
    want = telling.unread(alone)
    rows = run.postgres.sql("SELECT place, line FROM dead_letter ORDER BY place, line", "news").splitlines()
    got = sorted((place, int(line)) for place, line in (row.split("\t") for row in rows))
    check(got == want, f"dead letters are of {got}, and not of {want}")
    say(f"{len(got)} dead letters")
