-- Version 2: what lists, maps and the queue ask of an incident, without its body; what of figures and grades changed; indexes for asking.

-- The outline of each living incident, by day: a view of incident and record (outline_made). `state` is that of the record that waits the most urgently for a
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

DROP INDEX record_incident;
CREATE INDEX record_incident ON record(incident, state, verified) WHERE incident IS NOT NULL;
DROP INDEX record_state;
CREATE INDEX record_state ON record(state);
CREATE INDEX record_day ON record(day, state, verified);
CREATE INDEX article_outlet ON article(outlet, published, stored, chain);

-- Outlines as they must be: what the table is filled from, and what it is verified against.
CREATE VIEW outline_made AS
WITH counted AS (
  SELECT i.*,
    (SELECT count(*) FROM record r WHERE r.incident = i.key AND r.state IN (0, 1, 3)) AS open,
    (SELECT count(*) FROM record r WHERE r.incident = i.key AND r.state = 2 AND r.verified = 0) AS unverified,
    (SELECT min(CASE r.state WHEN 1 THEN 0 WHEN 0 THEN 1 WHEN 3 THEN 2 ELSE 3 END) FROM record r WHERE r.incident = i.key
      AND (r.state IN (0, 1, 3) OR (r.state = 2 AND r.verified = 0))) AS urgent,
    (SELECT f.value FROM json_each(i.body, '$.figures') f WHERE f.value ->> '$.of' = 'killed' AND coalesce(f.value ->> '$.group', '') = '' LIMIT 1) AS killed
  FROM incident i WHERE i.gone IS NULL
)
SELECT day, id, key AS incident, first_day, kind, place, grade, chains, flags, killed ->> '$.low' AS killed_low, killed ->> '$.high' AS killed_high,
  open, unverified AS second, CASE urgent WHEN 0 THEN 1 WHEN 1 THEN 0 WHEN 2 THEN 3 WHEN 3 THEN 2 END AS state,
  CASE WHEN instr(body, '"of":"killed"') > 0 OR instr(body, '"of":"wounded"') > 0 THEN 4 ELSE 0 END + CASE WHEN (flags & 16) > 0 THEN 3 ELSE 0 END
  + CASE WHEN (flags & 8) > 0 THEN 3 ELSE 0 END + CASE WHEN chains > 1 THEN 2 ELSE 0 END + CASE WHEN open = 0 THEN 1 ELSE 0 END AS weight
FROM counted;
INSERT INTO outline SELECT * FROM outline_made;

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
