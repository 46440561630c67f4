"""What measured costs of an article come to with more workers, each on a machine of its own, as PostgreSQL and the nodes of NATS are."""

WORKERS = (1, 4, 8, 64)
ARTICLES = 70_000_000
DAY = 86_400


def project(one, cores):
    """Prints it. `one`: the measurement of one worker, whose times nobody else makes longer; `cores` of PostgreSQL's machine."""
    limits = {
        "workers (their processors)": lambda workers: workers / one["cpu workers"],
        "the archive's lock: one stores at a time": lambda workers: 1 / one["held"],
        f"PostgreSQL's processors ({cores} cores)": lambda workers: cores / one["cpu postgres"],
        "NATS' processors (a core a node)": lambda workers: one["nodes"] / one["cpu nats"],
    }
    print(f"\nprojected from one worker and {one['nodes']} node{'s' if one['nodes'] > 1 else ''} of NATS: articles/s that each part would bear")
    print(f"{'':44}" + "".join(f"{workers:>12}" for workers in WORKERS))
    for name, limit in limits.items():
        print(f"{name:44}" + "".join(f"{limit(workers):12.0f}" for workers in WORKERS))
    rates = {workers: min(limit(workers) for limit in limits.values()) for workers in WORKERS}
    print(f"{'all together at most':44}" + "".join(f"{rates[workers]:12.0f}" for workers in WORKERS))
    print(f"{f'{ARTICLES:,} articles take at least, days':44}" + "".join(f"{ARTICLES / rates[workers] / DAY:12.1f}" for workers in WORKERS))
    for workers in WORKERS:
        name = min(limits, key=lambda each: limits[each](workers))
        print(f"the bottleneck with {workers}: {name}")
    enough = one["cpu workers"] * min(limit(1) for name, limit in limits.items() if not name.startswith("workers"))
    print(f"workers that keep the others busy: {enough:.1f}")
    print(f"the archive of {ARTICLES:,} such articles: {ARTICLES * one['bytes'] / 1e12:.1f} TB ({one['bytes']:.0f} bytes an article)")
