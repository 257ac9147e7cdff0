-- Numbers of objectives and what was made of them; access reviews.

CREATE TABLE measurement (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    objective_id uuid NOT NULL,
    "from" date NOT NULL,
    "to" date NOT NULL,
    value numeric(18,4) NOT NULL,
    taken_by character varying(200) NOT NULL,
    note character varying(2000),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_measurement PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_measurement_organization_id_objective_id_to ON measurement (organization_id, objective_id, "to");

ALTER TABLE measurement ENABLE ROW LEVEL SECURITY;
ALTER TABLE measurement FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON measurement USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE objective_evaluation (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    objective_id uuid NOT NULL,
    "on" date NOT NULL,
    by character varying(200) NOT NULL,
    text character varying(4000) NOT NULL,
    conclusion character varying(40) NOT NULL,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_objective_evaluation PRIMARY KEY (organization_id, id)
);

CREATE INDEX ix_objective_evaluation_organization_id_objective_id_on ON objective_evaluation (organization_id, objective_id, "on");

ALTER TABLE objective_evaluation ENABLE ROW LEVEL SECURITY;
ALTER TABLE objective_evaluation FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON objective_evaluation USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE access_review (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    title character varying(300) NOT NULL,
    kinds text NOT NULL,
    due_on date NOT NULL,
    reviewer_id uuid NOT NULL,
    population integer NOT NULL,
    population_sha256 character varying(64) NOT NULL,
    state character varying(40) NOT NULL,
    evidence_ref character varying(40),
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    number integer NOT NULL,
    search text NOT NULL,
    CONSTRAINT pk_access_review PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_access_review_organization_id_number ON access_review (organization_id, number);

ALTER TABLE access_review ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_review FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON access_review USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

CREATE TABLE access_review_item (
    organization_id uuid NOT NULL,
    id uuid NOT NULL,
    review_id uuid NOT NULL,
    position integer NOT NULL,
    resource_id uuid,
    resource_name character varying(400) NOT NULL,
    principal character varying(400) NOT NULL,
    permission character varying(200) NOT NULL,
    person_id uuid,
    reviewer_id uuid NOT NULL,
    decision character varying(40) NOT NULL,
    reason character varying(2000),
    decided_by character varying(200),
    decided_at timestamp with time zone,
    shown_at timestamp with time zone,
    version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    changed_by character varying(200) NOT NULL,
    CONSTRAINT pk_access_review_item PRIMARY KEY (organization_id, id)
);

CREATE UNIQUE INDEX ix_access_review_item_organization_id_review_id_position ON access_review_item (organization_id, review_id, position);

ALTER TABLE access_review_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_review_item FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON access_review_item USING (
    organization_id = (SELECT nullif(nullif(current_setting('moat.organization', true), '*'), '')::uuid)
    OR (SELECT current_setting('moat.organization', true) = '*'));

ALTER TABLE objective ADD COLUMN taken_from character varying(40) NOT NULL DEFAULT 'Manual';
ALTER TABLE objective ADD COLUMN asked_at character varying(40);
ALTER TABLE objective ADD COLUMN query character varying(2000);
