-- That a person looked at a record again and found it still true.

CREATE TABLE look (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    subject_ref character varying(40) NOT NULL,
    because character varying(2000) NOT NULL,
    "by" character varying(200) NOT NULL,
    by_id uuid NOT NULL,
    "on" date NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_look PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_look_organization_id_subject_ref ON look (organization_id, subject_ref);

ALTER TABLE look ENABLE ROW LEVEL SECURITY;
ALTER TABLE look FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON look USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
