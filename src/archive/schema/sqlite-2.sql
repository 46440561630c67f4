-- Version 2: what lists, maps and the queue ask of an incident, without its body; what of figures and grades changed; indexes for asking.

-- The outline of each living incident, by day: a view of incident and record (src/archive/outline.c). `state` is that of the record that waits the most urgently for a
-- person, null where none waits; `open` and `second` count those that wait for a person at all and for a second one. `weight` is told in docs/review.md.
CREATE TABLE outline (
  day INTEGER NOT NULL,
  id TEXT NOT NULL,
  incident INTEGER NOT NULL REFERENCES incident(key),
  first_day INTEGER,
  kind INTEGER NOT NULL,
  place INTEGER REFERENCES place(key),
  grade INTEGER NOT NULL,
  chains INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  killed_low INTEGER,
  killed_high INTEGER,
  open INTEGER NOT NULL,
  second INTEGER NOT NULL,
  state INTEGER,
  weight INTEGER NOT NULL,
  PRIMARY KEY(day, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX outline_incident ON outline(incident);
CREATE INDEX outline_queue ON outline(weight, day, id, state, kind, place, first_day, incident) WHERE state IS NOT NULL;
CREATE INDEX outline_state ON outline(state, weight, day, id) WHERE state IS NOT NULL;

DROP INDEX record_incident;
CREATE INDEX record_incident ON record(incident, state, verified) WHERE incident IS NOT NULL;
DROP INDEX record_state;
CREATE INDEX record_state ON record(state);
CREATE INDEX record_day ON record(day, state, verified);
CREATE INDEX article_outlet ON article(outlet, published, stored, chain);

-- Outlines come with incidents: those that are there are made again.
INSERT INTO stale SELECT DISTINCT area, day FROM record WHERE true ON CONFLICT DO NOTHING;

-- What became of figures ("killed", "wounded": a JSON object of low, best and high) and grades (their number) when incidents were made again: the history of a
-- view. Only added to; it cannot be made again and is not sealed.
CREATE TABLE incident_change (
  key INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  incident TEXT NOT NULL,
  what TEXT NOT NULL,
  old TEXT,
  new TEXT
) STRICT;
CREATE INDEX incident_change_time ON incident_change(time);
