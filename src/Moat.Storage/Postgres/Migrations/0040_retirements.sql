-- What was taken out of the registers, by whom and why.

CREATE TABLE retirement (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    subject_ref character varying(40) NOT NULL,
    subject_id uuid NOT NULL,
    title character varying(400) NOT NULL,
    because character varying(2000) NOT NULL,
    "by" character varying(200) NOT NULL,
    "on" date NOT NULL,
    merged_into character varying(40) NULL,
    reopened_on date NULL,
    reopened_by character varying(200) NULL,
    reopened_because character varying(2000) NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_retirement PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_retirement_organization_id_subject_id ON retirement (organization_id, subject_id);

ALTER TABLE retirement ENABLE ROW LEVEL SECURITY;
ALTER TABLE retirement FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON retirement USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
