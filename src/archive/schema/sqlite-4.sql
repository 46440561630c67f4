-- Version 4: what follows from incidents and statements, kept so that answers need neither records nor bodies. All of it is made by refresh (src/views.c) and can be
-- made again from nothing.

-- The incidents of each neighbourhood, packed (src/incident/packed.h): what happened, and who told it.
CREATE TABLE neighbourhood (
  area TEXT NOT NULL,
  day INTEGER NOT NULL,
  incidents BLOB NOT NULL,
  told BLOB NOT NULL,
  PRIMARY KEY(area, day)
) STRICT;
CREATE UNIQUE INDEX neighbourhood_day ON neighbourhood(day, area);

-- What a neighbourhood gives to the table of a ledger: an agreement under a counting rule. A row without a side accused: there are candidates, and none counts,
-- in a governorate that the agreement does not name.
-- killed_high is null where it is open.
CREATE TABLE truce_cell (
  ledger TEXT NOT NULL,
  area TEXT NOT NULL,
  day INTEGER NOT NULL,
  governorate TEXT NOT NULL,
  accused TEXT NOT NULL,
  accuser TEXT NOT NULL,
  counted INTEGER NOT NULL,
  killed_low INTEGER NOT NULL,
  killed_high INTEGER,
  PRIMARY KEY(ledger, governorate, accused, accuser, day, area)
) STRICT, WITHOUT ROWID;
CREATE INDEX truce_cell_area ON truce_cell(area, day);

-- Statements of control, packed, once for each town that they speak of; place '' where they speak of none. `last`: the last day that one tells of.
CREATE TABLE town_claim (
  place TEXT NOT NULL,
  record TEXT NOT NULL,
  area TEXT NOT NULL,
  day INTEGER NOT NULL,
  last INTEGER NOT NULL,
  told BLOB NOT NULL,
  PRIMARY KEY(place, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX town_claim_area ON town_claim(area, day);
CREATE INDEX town_claim_last ON town_claim(last);

-- Timelines of towns: what table `control` shows, with the day that each row ends on as the rules say.
CREATE TABLE town (
  place TEXT NOT NULL,
  first_day INTEGER NOT NULL,
  last_day INTEGER NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  admin1 TEXT NOT NULL,
  country TEXT NOT NULL,
  lat REAL NOT NULL,
  lon REAL NOT NULL,
  side TEXT NOT NULL,
  holder TEXT NOT NULL,
  status TEXT NOT NULL,
  rule TEXT NOT NULL,
  claims TEXT NOT NULL,
  PRIMARY KEY(place, first_day)
) STRICT;
CREATE INDEX town_name ON town(name, place, first_day);

-- By which files views were made: 'incidents' for the tables above, by the rules; a ledger, by its agreement. Until `whole` they are still being made; of a ledger
-- what lies behind `day` and `area` is to be made.
CREATE TABLE made (
  name TEXT PRIMARY KEY,
  files TEXT NOT NULL,
  whole INTEGER NOT NULL,
  day INTEGER NOT NULL,
  area TEXT NOT NULL
) STRICT, WITHOUT ROWID;
