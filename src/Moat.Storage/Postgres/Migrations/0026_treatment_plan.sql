-- The risk treatment plan is frozen as a version that each risk owner approves.

CREATE TABLE frozen_plan (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    rows text NOT NULL,
    sha256 character varying(64) NOT NULL,
    risks integer NOT NULL,
    appetite integer NOT NULL,
    frozen_by character varying(200) NOT NULL,
    change_note character varying(4000) NOT NULL,
    superseded_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_frozen_plan PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_frozen_plan_organization_id_number ON frozen_plan (organization_id, number);

ALTER TABLE frozen_plan ENABLE ROW LEVEL SECURITY;
ALTER TABLE frozen_plan FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON frozen_plan USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE plan_approval (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    plan_id uuid NOT NULL,
    owner_id uuid NOT NULL,
    owner character varying(200) NOT NULL,
    risks integer NOT NULL,
    approved_by character varying(200),
    approved_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_plan_approval PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_plan_approval_organization_id_number ON plan_approval (organization_id, number);
CREATE INDEX ix_plan_approval_organization_id_plan_id ON plan_approval (organization_id, plan_id);

ALTER TABLE plan_approval ENABLE ROW LEVEL SECURITY;
ALTER TABLE plan_approval FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON plan_approval USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));
