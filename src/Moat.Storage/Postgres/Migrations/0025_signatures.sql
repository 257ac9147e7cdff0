-- An acceptance above the appetite waits for top management, and says what ended it. An absence says who recorded it.

ALTER TABLE risk_acceptance ADD COLUMN appetite integer;
ALTER TABLE risk_acceptance ADD COLUMN needs_agreement boolean NOT NULL DEFAULT false;
ALTER TABLE risk_acceptance ADD COLUMN agreed_by character varying(200);
ALTER TABLE risk_acceptance ADD COLUMN agreed_at timestamp with time zone;
ALTER TABLE risk_acceptance ADD COLUMN ended_because character varying(4000);
ALTER TABLE absence ADD COLUMN recorded_by_id uuid;
