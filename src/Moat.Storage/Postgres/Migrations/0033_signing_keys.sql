-- The keys that sign a journal, each named in an entry of it.

CREATE TABLE signing_key (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    verifier_key character varying(400) NOT NULL,
    replaces character varying(400),
    statement character varying(4000),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_signing_key PRIMARY KEY (organization_id, id)
);

ALTER TABLE signing_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE signing_key FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON signing_key USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
