-- An acceptance above the appetite waits for top management, and says what ended it. An absence says who recorded it. What one person approved alone says so. An invitation says what for.

ALTER TABLE risk_acceptance ADD COLUMN appetite integer;
ALTER TABLE risk_acceptance ADD COLUMN needs_agreement boolean NOT NULL DEFAULT false;
ALTER TABLE risk_acceptance ADD COLUMN agreed_by character varying(200);
ALTER TABLE risk_acceptance ADD COLUMN agreed_at timestamp with time zone;
ALTER TABLE risk_acceptance ADD COLUMN ended_because character varying(4000);
ALTER TABLE absence ADD COLUMN recorded_by_id uuid;
ALTER TABLE scope ADD COLUMN written_by_id uuid;
ALTER TABLE scope ADD COLUMN approved_alone boolean NOT NULL DEFAULT false;
ALTER TABLE risk_method ADD COLUMN written_by_id uuid;
ALTER TABLE risk_method ADD COLUMN approved_alone boolean NOT NULL DEFAULT false;
ALTER TABLE invitation ADD COLUMN purpose character varying(300);

CREATE TABLE nobody_else (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    number integer NOT NULL,
    person_id uuid NOT NULL,
    said_by character varying(200) NOT NULL,
    reason character varying(2000) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_nobody_else PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_nobody_else_organization_id_number ON nobody_else (organization_id, number);
CREATE INDEX ix_nobody_else_organization_id_person_id ON nobody_else (organization_id, person_id);

ALTER TABLE nobody_else ENABLE ROW LEVEL SECURITY;
ALTER TABLE nobody_else FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON nobody_else USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
