-- An acceptance says by its person whose risk it was, so that it does not pass on to whoever owns the risk next. Who owned a risk at an earlier
-- acceptance is told by its name alone; nothing is guessed.

ALTER TABLE risk_acceptance ADD COLUMN owner_id uuid;
