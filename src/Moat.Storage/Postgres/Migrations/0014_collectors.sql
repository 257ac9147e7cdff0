-- Keys that may sign attestations; the newest bill of materials that a source told.

CREATE TABLE attestation_key (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name character varying(200) NOT NULL,
    algorithm character varying(40) NOT NULL,
    public_key character varying(8000) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    key_id character varying(300),
    retired_at timestamp with time zone,
    retired_because character varying(2000),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_attestation_key PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_attestation_key_organization_id_fingerprint ON attestation_key (organization_id, fingerprint);

CREATE UNIQUE INDEX ix_attestation_key_organization_id_number ON attestation_key (organization_id, number);

ALTER TABLE attestation_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE attestation_key FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON attestation_key USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE collector_source ADD COLUMN bill_sha256 character varying(64);
ALTER TABLE collector_source ADD COLUMN bill_name character varying(200);
