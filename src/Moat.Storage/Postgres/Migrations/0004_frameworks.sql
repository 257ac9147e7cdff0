-- Frameworks that were added as files.
CREATE TABLE framework (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    key character varying(300) NOT NULL,
    name character varying(300) NOT NULL,
    publisher character varying(200) NOT NULL,
    format character varying(40) NOT NULL,
    sha256 character varying(64) NOT NULL,
    count integer NOT NULL,
    rows text NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_framework PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_framework_organization_id_key ON framework (organization_id, key);

CREATE UNIQUE INDEX ix_framework_organization_id_number ON framework (organization_id, number);

ALTER TABLE framework ENABLE ROW LEVEL SECURITY;
ALTER TABLE framework FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON framework USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
