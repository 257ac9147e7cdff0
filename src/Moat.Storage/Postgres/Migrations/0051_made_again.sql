-- Runs that made the bytes of a version again, and what people say of files that a version shares with a withdrawn one.

CREATE TABLE made_again (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    version_id uuid NOT NULL,
    run character varying(1000) NOT NULL,
    commit character varying(200) NULL,
    told_by character varying(80) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_made_again PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_made_again_organization_id_version_id ON made_again (organization_id, version_id);

CREATE TABLE shared_answer (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    version_id uuid NOT NULL,
    withdrawn_id uuid NOT NULL,
    because character varying(2000) NOT NULL,
    by character varying(200) NOT NULL,
    at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_shared_answer PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_shared_answer_organization_id_version_id ON shared_answer (organization_id, version_id);

ALTER TABLE made_again ENABLE ROW LEVEL SECURITY;
ALTER TABLE made_again FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON made_again USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE shared_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE shared_answer FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON shared_answer USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
