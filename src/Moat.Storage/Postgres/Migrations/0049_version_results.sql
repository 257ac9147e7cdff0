-- What names the version that it is about: validations, tests, scans, attestations and facts of access.

CREATE TABLE version_result (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    kind character varying(40) NOT NULL,
    source_ref character varying(80) NOT NULL,
    given character varying(300) NOT NULL,
    digest character varying(160) NULL,
    version_id uuid NULL,
    passed boolean NULL,
    says character varying(1000) NOT NULL,
    at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_version_result PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_version_result_organization_id_version_id ON version_result (organization_id, version_id);
CREATE INDEX ix_version_result_organization_id_digest ON version_result (organization_id, digest);

ALTER TABLE version_result ENABLE ROW LEVEL SECURITY;
ALTER TABLE version_result FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON version_result USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
