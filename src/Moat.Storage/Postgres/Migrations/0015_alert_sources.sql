-- Programs that sign the alerts they tell.

CREATE TABLE alert_source (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    name character varying(60) NOT NULL,
    secret character varying(2000),
    secret_made_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_alert_source PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_alert_source_organization_id_number ON alert_source (organization_id, number);

ALTER TABLE alert_source ENABLE ROW LEVEL SECURITY;
ALTER TABLE alert_source FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON alert_source USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
