-- By which rule the stored facts were evaluated last.

CREATE TABLE evaluated_check (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    "check" character varying(80) NOT NULL,
    sha256 character varying(64) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_evaluated_check PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_evaluated_check_organization_id_check ON evaluated_check (organization_id, "check");

ALTER TABLE evaluated_check ENABLE ROW LEVEL SECURITY;
ALTER TABLE evaluated_check FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON evaluated_check USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
